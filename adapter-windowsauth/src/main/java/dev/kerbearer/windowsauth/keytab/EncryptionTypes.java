package dev.kerbearer.windowsauth.keytab;

/** The names of Kerberos encryption types, as the IANA registry and the tools of MIT and Windows spell them. */
public final class EncryptionTypes {

    private EncryptionTypes() {}

    /** The name, or the number where the type has none here. */
    public static String nameOf(int type) {
        return switch (type) {
            case 1 -> "des-cbc-crc";
            case 3 -> "des-cbc-md5";
            case 16 -> "des3-cbc-sha1";
            case 17 -> "aes128-cts-hmac-sha1-96";
            case 18 -> "aes256-cts-hmac-sha1-96";
            case 19 -> "aes128-cts-hmac-sha256-128";
            case 20 -> "aes256-cts-hmac-sha384-192";
            case 23 -> "rc4-hmac";
            default -> "encryption type " + type;
        };
    }

    /** Whether a type is one that nobody should use any more (RFC 6649, RFC 8429). */
    public static boolean isWeak(int type) {
        return type == 1 || type == 3 || type == 16 || type == 23;
    }
}
