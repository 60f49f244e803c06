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
 * A user as Active Directory knows him.
 *
 * @param guid who he is, for good
 * @param sid who he is in tickets
 * @param name his logon name
 * @param dn where he is
 * @param disabled whether somebody has switched him off
 * @param mustChangePassword whether he may not sign in before he has, be it that his password has expired
 * @param expires when his time is over
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

    /** What else of {@code userAccountControl} the domain works out when it is asked ([MS-ADTS] section 3.1.1.4.5.17). */
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
     * @throws Unavailable where one is missing but the last: whoever asks may not read it, so that nothing can be told
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

    /** Whether his time was over at that moment. */
    boolean isOverAt(Instant moment) {
        return expires.filter(end -> !moment.isBefore(end)).isPresent();
    }

    /** Whose password never expires, or who has none that he types, need not change it (as the KDC has it). */
    private static boolean mustChangePassword(long control, long passwordSet) {
        return passwordSet == 0
                && (control & (PASSWORD_NEVER_EXPIRES | SMART_CARD_REQUIRED | OF_A_COMPUTER_OR_DOMAIN)) == 0;
    }

    /** By its age, as the domain's policy or his own has it. A directory that does not work it out leaves it out. */
    private static boolean hasExpiredPassword(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValueAsLong(COMPUTED))
                .filter(bits -> (bits & PASSWORD_EXPIRED) != 0)
                .isPresent();
    }

    /** Two numbers mean never. */
    private static Optional<Instant> expiry(long ticks) {
        return ticks == 0 || ticks == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(YEAR_1601
                        .plus(Duration.ofSeconds(ticks / TICKS_A_SECOND))
                        .plusNanos(ticks % TICKS_A_SECOND * 100));
    }

    /** [MS-DTYP] section 2.3.4.2: the first three groups of its digits have their bytes reversed. */
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

    /** The same the other way. */
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

    /** What an operator has to mend, said where he looks. */
    static Unavailable unreadable(String attribute) {
        return new Unavailable(
                "directory",
                new IllegalStateException("the directory shows no " + attribute
                        + " of a user; the account of the bind must be allowed to read it"));
    }
}
