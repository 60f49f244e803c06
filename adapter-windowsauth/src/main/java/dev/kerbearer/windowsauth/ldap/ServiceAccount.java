package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.Optional;

/**
 * An account that a service principal is registered for.
 *
 * @param name the logon name
 * @param keyVersion the current version of its keys ({@code msDS-KeyVersionNumber}); absent if it cannot be read
 * @param encryptionTypes the bits of {@code msDS-SupportedEncryptionTypes} ([MS-KILE] section 2.2.7); absent if not set
 *     or zero: then the domain's default applies, which was RC4 for a long time
 */
public record ServiceAccount(String name, Optional<Long> keyVersion, Optional<Integer> encryptionTypes) {

    static final String KEY_VERSION = "msDS-KeyVersionNumber";
    static final String ENCRYPTION_TYPES = "msDS-SupportedEncryptionTypes";

    private static final int AES = 0x08 | 0x10;

    static ServiceAccount of(Entry entry) {
        return new ServiceAccount(
                String.valueOf(entry.getAttributeValue(Account.NAME)),
                Optional.ofNullable(entry.getAttributeValueAsLong(KEY_VERSION)),
                Optional.ofNullable(entry.getAttributeValueAsInteger(ENCRYPTION_TYPES))
                        .filter(bits -> bits != 0));
    }

    /** Returns whether the KDC issues tickets for it with AES keys; absent if the account does not say. */
    public Optional<Boolean> hasAes() {
        return encryptionTypes.map(bits -> (bits & AES) != 0);
    }
}
