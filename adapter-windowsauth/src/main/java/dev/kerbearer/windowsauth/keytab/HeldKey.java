package dev.kerbearer.windowsauth.keytab;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.encryption.OpeningKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A key of a keytab with the name under which it is held. It shows itself to nobody who does not ask for it. */
public final class HeldKey {

    /** RFC 4120 section 7.5.1. */
    private static final int TICKETS = 2;

    private final Principal principal;
    private final long version;
    private final int encryptionType;
    private final byte[] bytes;
    private volatile @Nullable OpeningKey forTickets;

    /**
     * @param principal the name under which it is held
     * @param version its number ({@code kvno})
     * @param encryptionType as RFC 3961 and those after it number it
     * @param bytes the key itself
     */
    public HeldKey(Principal principal, long version, int encryptionType, byte[] bytes) {
        this.principal = principal;
        this.version = version;
        this.encryptionType = encryptionType;
        this.bytes = bytes.clone();
    }

    /** The name under which it is held. */
    public Principal principal() {
        return principal;
    }

    /** Its version number ({@code kvno}). */
    public long version() {
        return version;
    }

    /** Its encryption type. */
    public int encryptionType() {
        return encryptionType;
    }

    /** The key itself. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** It, for opening tickets. */
    public OpeningKey forTickets() throws GeneralSecurityException {
        OpeningKey known = forTickets;
        if (known == null) {
            known = OpeningKey.of(encryptionType, bytes, TICKETS);
            forTickets = known;
        }
        return known;
    }

    /** Which key this is, without the key. */
    public KeyName name() {
        return new KeyName(principal.toString(), version, encryptionType);
    }

    /** Whether it is the same key, under whatever name. */
    public boolean isSameAs(HeldKey other) {
        return encryptionType == other.encryptionType && MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return name().toString();
    }
}
