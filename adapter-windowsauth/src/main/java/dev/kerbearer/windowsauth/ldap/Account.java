package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.Entry;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A user in Active Directory.
 *
 * @param guid the permanent identifier
 * @param sid the identifier in tickets
 * @param name the logon name
 * @param dn the distinguished name
 * @param disabled whether the account is disabled
 * @param mustChangePassword whether the user must change the password before signing in, for example because it has
 *     expired
 * @param expires when the account expires
 */
record Account(
        UUID guid,
        Sid sid,
        String name,
        String dn,
        boolean disabled,
        boolean mustChangePassword,
        Optional<Instant> expires) {

    static final String GUID = "objectGUID";
    static final String SID = "objectSid";
    static final String NAME = "sAMAccountName";
    static final String PRINCIPAL_NAME = "userPrincipalName";

    private static final String CONTROL = "userAccountControl";
    private static final String EXPIRES = "accountExpires";
    private static final String PASSWORD_SET = "pwdLastSet";

    /** The bits of {@code userAccountControl} that the domain computes on request ([MS-ADTS] section 3.1.1.4.5.17). */
    private static final String COMPUTED = "msDS-User-Account-Control-Computed";

    static final String[] ATTRIBUTES = {GUID, SID, NAME, CONTROL, EXPIRES, PASSWORD_SET, COMPUTED};

    /** [MS-ADTS] section 2.2.16. */
    private static final int DISABLED = 0x2;

    private static final int PASSWORD_EXPIRED = 0x800000;
    private static final int PASSWORD_NEVER_EXPIRES = 0x10000;
    private static final int SMART_CARD_REQUIRED = 0x40000;
    private static final int OF_A_COMPUTER_OR_DOMAIN = 0x800 | 0x1000 | 0x2000;

    private static final Instant YEAR_1601 = Instant.parse("1601-01-01T00:00:00Z");
    private static final long TICKS_A_SECOND = 10_000_000;

    /**
     * Reads the attributes above.
     *
     * @throws Unavailable if an attribute other than the last is missing: the bind account may not read it, so the
     *     account's state is unknown
     */
    static Account of(Entry entry) {
        long control = number(entry, CONTROL);
        return new Account(
                guid(bytes(entry, GUID)),
                BinarySid.read(bytes(entry, SID)),
                text(entry, NAME),
                entry.getDN(),
                (control & DISABLED) != 0,
                mustChangePassword(control, number(entry, PASSWORD_SET)) || hasExpiredPassword(entry),
                expiry(number(entry, EXPIRES)));
    }

    /** Returns whether the account was expired at that moment. */
    boolean isOverAt(Instant moment) {
        return expires.filter(end -> !moment.isBefore(end)).isPresent();
    }

    /**
     * Returns whether a change is required. It is not if the password never expires or the account has no typed
     * password, as in the KDC.
     */
    private static boolean mustChangePassword(long control, long passwordSet) {
        return passwordSet == 0
                && (control & (PASSWORD_NEVER_EXPIRES | SMART_CARD_REQUIRED | OF_A_COMPUTER_OR_DOMAIN)) == 0;
    }

    /**
     * Returns whether the password is too old under the domain's or the user's policy. A directory that does not
     * compute this omits the attribute.
     */
    private static boolean hasExpiredPassword(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValueAsLong(COMPUTED))
                .filter(bits -> (bits & PASSWORD_EXPIRED) != 0)
                .isPresent();
    }

    /** Two values mean never. */
    private static Optional<Instant> expiry(long ticks) {
        return ticks == 0 || ticks == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(YEAR_1601
                        .plus(Duration.ofSeconds(ticks / TICKS_A_SECOND))
                        .plusNanos(ticks % TICKS_A_SECOND * 100));
    }

    /** Reads a GUID ([MS-DTYP] section 2.3.4.2): the first three groups of its digits have their bytes reversed. */
    static UUID guid(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("a GUID has 16 bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long high = Integer.toUnsignedLong(Integer.reverseBytes(buffer.getInt())) << 32
                | Short.toUnsignedLong(Short.reverseBytes(buffer.getShort())) << 16
                | Short.toUnsignedLong(Short.reverseBytes(buffer.getShort()));
        return new UUID(high, buffer.getLong());
    }

    /** Writes a GUID as Active Directory stores it. */
    static byte[] bytes(UUID guid) {
        long high = guid.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .putInt(Integer.reverseBytes((int) (high >>> 32)))
                .putShort(Short.reverseBytes((short) (high >>> 16)))
                .putShort(Short.reverseBytes((short) high))
                .putLong(guid.getLeastSignificantBits())
                .array();
    }

    static byte[] bytes(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValueBytes(attribute)).orElseThrow(() -> unreadable(attribute));
    }

    private static String text(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute)).orElseThrow(() -> unreadable(attribute));
    }

    private static long number(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValueAsLong(attribute)).orElseThrow(() -> unreadable(attribute));
    }

    /** Returns an error that tells the operator what the bind account must be allowed to read. */
    static Unavailable unreadable(String attribute) {
        return new Unavailable(
                "directory",
                new IllegalStateException("the directory shows no " + attribute
                        + " of a user; the account of the bind must be allowed to read it"));
    }
}
