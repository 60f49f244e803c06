package dev.kerbearer.domain.password;

import java.nio.charset.StandardCharsets;

/**
 * What NTLM makes of a password ([MS-NLMP] section 3.3.1, {@code NTOWF}): as good as the password to whoever speaks NTLM.
 * Nothing that prints, logs or serialises this object reaches it.
 */
public final class NtHash {

    /** The length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] bytes;

    private NtHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a password. */
    public static NtHash of(Password password) {
        return ofPassword(password.reveal());
    }

    static NtHash ofPassword(String characters) {
        return new NtHash(Md4.of(characters.getBytes(StandardCharsets.UTF_16LE)));
    }

    /**
     * The hash that these bytes are; they are copied.
     *
     * @throws IllegalArgumentException where they are not {@value #LENGTH}
     */
    public static NtHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an NT hash has " + LENGTH + " bytes");
        }
        return new NtHash(bytes.clone());
    }

    /** The secret itself, a copy. */
    public byte[] reveal() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "NtHash[hidden]";
    }
}
