package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * A client's authenticator (RFC 4120 section 5.5.1), opened with the session key from the ticket. JGSS opens it too,
 * but does not expose most of it.
 */
public final class OpenedAuthenticator {

    /** Member numbers. */
    public static final int CHECKSUM = 3;

    public static final int CLIENT_TIME = 5;
    public static final int AUTHORIZATION_DATA = 8;

    /** RFC 4120 section 7.5.1. */
    private static final int USAGE = 11;

    private static final int APPLICATION_2 = 0x62;

    private final byte[] bytes;

    private OpenedAuthenticator(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Opens an authenticator.
     *
     * @param type the encryption type of the key that client and service share
     * @throws MalformedToken if the key does not open it
     */
    static OpenedAuthenticator of(SealedPart sealed, long type, byte[] key)
            throws MalformedToken, GeneralSecurityException {
        Optional<byte[]> opened = type == sealed.encryptionType() ? sealed.open(key, USAGE) : Optional.empty();
        return new OpenedAuthenticator(opened.orElseThrow(() -> new MalformedToken(
                "the session key cannot decrypt the authenticator; it must be an AES key, but its encryption type is "
                        + type)));
    }

    /**
     * Returns the content of a member.
     *
     * @return empty if the member is missing
     */
    public Optional<Der> member(int number) throws MalformedToken {
        Der members = Der.of(bytes).enter(APPLICATION_2).enter(Der.SEQUENCE);
        for (int before = 0; before < number; before++) {
            members.skipOptional(Der.context(before));
        }
        return members.nextIs(Der.context(number)) ? Optional.of(members.enter(Der.context(number))) : Optional.empty();
    }
}
