package dev.kerbearer.domain.signin;

import dev.kerbearer.domain.digest.Sha256;

/**
 * By what a Kerberos sign-in is known again: the SHA-256 of the cipher bytes of its AP-REQ's authenticator (RFC 4120
 * section 5.5.1), not of the token, whose wrapping can be changed. An AP-REQ is good for one answer, whichever node
 * sees it.
 *
 * @param sha256 32 bytes
 */
public record SignInDigest(Sha256 sha256) {

    /** The digest of an authenticator's cipher bytes. */
    public static SignInDigest ofAuthenticator(byte[] cipher) {
        return new SignInDigest(Sha256.of(cipher));
    }
}
