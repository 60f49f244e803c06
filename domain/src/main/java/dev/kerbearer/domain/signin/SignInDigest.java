package dev.kerbearer.domain.signin;

import dev.kerbearer.domain.digest.Sha256;
import java.util.Arrays;

/**
 * By what a sign-in is known again. Of Kerberos, the SHA-256 of the cipher bytes of its AP-REQ's authenticator (RFC 4120
 * section 5.5.1), not of the token, whose wrapping can be changed: an AP-REQ is good for one answer, whichever node sees
 * it. Of NTLM, that of challenge and proof, which one connection sees once.
 *
 * @param sha256 32 bytes
 */
public record SignInDigest(Sha256 sha256) {

    /** The digest of an authenticator's cipher bytes. */
    public static SignInDigest ofAuthenticator(byte[] cipher) {
        return new SignInDigest(Sha256.of(cipher));
    }

    /** The digest of an NTLM server's challenge and of the proof that answers it. */
    public static SignInDigest ofNtlm(byte[] serverChallenge, byte[] proof) {
        byte[] both = Arrays.copyOf(serverChallenge, serverChallenge.length + proof.length);
        System.arraycopy(proof, 0, both, serverChallenge.length, proof.length);
        return new SignInDigest(Sha256.of(both));
    }
}
