package dev.kerbearer.windowsauth.ntlm.message;

import dev.kerbearer.domain.password.NtHash;
import java.security.MessageDigest;

/** What the holder of a password, or of its hash, can compute ([MS-NLMP] section 3.3.2). */
public final class PasswordProof {

    private final byte[] responseKey;

    private PasswordProof(byte[] responseKey) {
        this.responseKey = responseKey;
    }

    /**
     * {@code NTOWFv2}: the key of a user.
     *
     * @param user as he writes himself; small and large letters are the same
     * @param domain as he writes it; small and large letters are not
     */
    public static PasswordProof of(NtHash hash, String user, String domain) {
        return new PasswordProof(
                OldCiphers.hmacMd5(hash.reveal(), TargetInformation.utf16(inLargeLetters(user) + domain)));
    }

    /** Windows changes one character at a time, so that the sharp s stays one. */
    private static String inLargeLetters(String text) {
        return text.codePoints()
                .map(Character::toUpperCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public byte[] over(byte[] serverChallenge, byte[] statement) {
        return OldCiphers.hmacMd5(responseKey, serverChallenge, statement);
    }

    public boolean isThatOf(NtlmV2Response response, byte[] serverChallenge) {
        return MessageDigest.isEqual(over(serverChallenge, response.statement()), response.proof());
    }

    /** {@code SessionBaseKey}: both sides have it where the proof is right. */
    public byte[] sessionBaseKey(byte[] proof) {
        return OldCiphers.hmacMd5(responseKey, proof);
    }
}
