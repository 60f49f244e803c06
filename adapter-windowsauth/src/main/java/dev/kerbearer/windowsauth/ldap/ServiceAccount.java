package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.Optional;

/**
 * An account that a service principal is registered for.
 *
 * @param name its logon name
 * @param keyVersion of its keys as they are now ({@code msDS-KeyVersionNumber}); absent where nobody may read it
 * @param encryptionTypes the bits of {@code msDS-SupportedEncryptionTypes} ([MS-KILE] section 2.2.7); absent, or none
 *     of them: the domain's default, which has been RC4 for long
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

    /** Whether the KDC makes tickets for it with AES keys; absent: the account does not say. */
    public Optional<Boolean> hasAes() {
        return encryptionTypes.map(bits -> (bits & AES) != 0);
    }
}
