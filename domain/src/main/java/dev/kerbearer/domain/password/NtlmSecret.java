package dev.kerbearer.domain.password;

/**
 * The secret that verifies a user's NTLM responses. It is derived from the password, and for NTLM it is equivalent to
 * it. Printing, logging or serialising this object never shows it.
 */
public final class NtlmSecret {

    private final byte[] bytes;

    private NtlmSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Creates a secret from these bytes, which are copied. */
    public static NtlmSecret of(byte[] bytes) {
        return new NtlmSecret(bytes.clone());
    }

    /** Returns a copy of the secret. */
    public byte[] reveal() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "NtlmSecret[hidden]";
    }
}
