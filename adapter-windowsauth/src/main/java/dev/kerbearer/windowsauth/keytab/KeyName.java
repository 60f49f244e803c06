package dev.kerbearer.windowsauth.keytab;

/**
 * By which a ticket and a keytab name a key. The key itself is not here.
 *
 * @param principal the service, {@code HTTP/host@REALM}
 * @param version the key's version number ({@code kvno}); it goes up when the account's password changes
 * @param encryptionType as RFC 3961 and those after it number it
 */
public record KeyName(String principal, long version, int encryptionType) {

    @Override
    public String toString() {
        return principal + " version " + version + " " + EncryptionTypes.nameOf(encryptionType);
    }
}
