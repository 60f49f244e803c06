package dev.kerbearer.windowsauth.ntlm.message;

import java.security.MessageDigest;

/** The values that only the holder of a password or its hash can compute ([MS-NLMP] section 3.3.2). */
public final class PasswordProof {

    private final byte[] responseKey;

    private PasswordProof(byte[] responseKey) {
        this.responseKey = responseKey;
    }

    /**
     * Returns the key of a user ({@code NTOWFv2}).
     *
     * @param user the user name as the client sent it; case does not matter
     * @param domain the domain as the client sent it; case matters
     */
    public static PasswordProof of(NtHash hash, String user, String domain) {
        return new PasswordProof(
                OldCiphers.hmacMd5(hash.reveal(), TargetInformation.utf16(inLargeLetters(user) + domain)));
    }

    /** Converts to upper case one character at a time, as Windows does, so that the sharp s does not change. */
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

    /** Returns the {@code SessionBaseKey}, which both sides have if the proof is right. */
    public byte[] sessionBaseKey(byte[] proof) {
        return OldCiphers.hmacMd5(responseKey, proof);
    }
}
