package dev.kerbearer.windowsauth.keytab;

/**
 * Names a key in a ticket or a keytab, without the key itself.
 *
 * @param principal the service, {@code HTTP/host@REALM}
 * @param version the key's version number ({@code kvno}); it goes up when the account's password changes
 * @param encryptionType the encryption type number (RFC 3961 and later)
 */
public record KeyName(String principal, long version, int encryptionType) {

    @Override
    public String toString() {
        return principal + " version " + version + " " + EncryptionTypes.nameOf(encryptionType);
    }
}
