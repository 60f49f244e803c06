package dev.kerbearer.domain.signin;

import dev.kerbearer.domain.digest.Sha256;
import java.util.Arrays;

/**
 * The digest that detects a replayed sign-in. For Kerberos, it is the SHA-256 of the cipher bytes of the AP-REQ's
 * authenticator (RFC 4120 section 5.5.1). A digest of the whole token would miss replays, because the wrapping of the
 * AP-REQ can be changed. An AP-REQ gets only one answer, whichever node receives it. For NTLM, it is the digest of the
 * challenge and the proof, which occur only once, on one connection.
 *
 * @param sha256 32 bytes
 */
public record SignInDigest(Sha256 sha256) {

    /** Returns the digest of an authenticator's cipher bytes. */
    public static SignInDigest ofAuthenticator(byte[] cipher) {
        return new SignInDigest(Sha256.of(cipher));
    }

    /** Returns the digest of an NTLM server challenge and the client's proof. */
    public static SignInDigest ofNtlm(byte[] serverChallenge, byte[] proof) {
        byte[] both = Arrays.copyOf(serverChallenge, serverChallenge.length + proof.length);
        System.arraycopy(proof, 0, both, serverChallenge.length, proof.length);
        return new SignInDigest(Sha256.of(both));
    }
}
