package dev.kerbearer.windowsauth.keytab;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.encryption.OpeningKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A key of a keytab with its principal. {@link #toString} does not show the key. */
public final class HeldKey {

    /** RFC 4120 section 7.5.1. */
    private static final int TICKETS = 2;

    private final Principal principal;
    private final long version;
    private final int encryptionType;
    private final byte[] bytes;
    private volatile @Nullable OpeningKey forTickets;

    /**
     * @param principal the principal of the key in the keytab
     * @param version the version number ({@code kvno})
     * @param encryptionType the encryption type number (RFC 3961 and later)
     * @param bytes the key itself
     */
    public HeldKey(Principal principal, long version, int encryptionType, byte[] bytes) {
        this.principal = principal;
        this.version = version;
        this.encryptionType = encryptionType;
        this.bytes = bytes.clone();
    }

    /** Returns the principal of the key in the keytab. */
    public Principal principal() {
        return principal;
    }

    /** Returns the version number ({@code kvno}). */
    public long version() {
        return version;
    }

    /** Returns the encryption type number. */
    public int encryptionType() {
        return encryptionType;
    }

    /** Returns a copy of the key itself. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the key for opening tickets. */
    public OpeningKey forTickets() throws GeneralSecurityException {
        OpeningKey known = forTickets;
        if (known == null) {
            known = OpeningKey.of(encryptionType, bytes, TICKETS);
            forTickets = known;
        }
        return known;
    }

    /** Returns the name of this key, without the key itself. */
    public KeyName name() {
        return new KeyName(principal.toString(), version, encryptionType);
    }

    /** Whether it is the same key, under any principal. */
    public boolean isSameAs(HeldKey other) {
        return encryptionType == other.encryptionType && MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return name().toString();
    }
}
