package dev.kerbearer.windowsauth.ntlm.message;

import dev.kerbearer.domain.password.Password;
import java.nio.charset.StandardCharsets;

/**
 * The NT hash of a password ([MS-NLMP] section 3.3.1, {@code NTOWF}). For NTLM it is equivalent to the password.
 * Printing, logging or serialising this object never shows it.
 */
public final class NtHash {

    /** The length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] bytes;

    private NtHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Computes the hash of a password. */
    public static NtHash of(Password password) {
        return ofPassword(password.reveal());
    }

    static NtHash ofPassword(String characters) {
        return new NtHash(OldCiphers.md4(characters.getBytes(StandardCharsets.UTF_16LE)));
    }

    /**
     * Creates a hash from these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the length is not {@value #LENGTH}
     */
    public static NtHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an NT hash has " + LENGTH + " bytes");
        }
        return new NtHash(bytes.clone());
    }

    /** Returns a copy of the secret. */
    public byte[] reveal() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "NtHash[hidden]";
    }
}
