package dev.kerbearer.windowsauth.keytab;

/** Names Kerberos encryption types as the IANA registry and the tools of MIT and Windows spell them. */
public final class EncryptionTypes {

    private EncryptionTypes() {}

    /** Returns the name, or the number if the type has no name here. */
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

    /** Whether a type is deprecated (RFC 6649, RFC 8429). */
    public static boolean isWeak(int type) {
        return type == 1 || type == 3 || type == 16 || type == 23;
    }
}
