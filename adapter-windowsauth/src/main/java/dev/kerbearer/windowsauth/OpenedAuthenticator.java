package dev.kerbearer.windowsauth;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosKey;

/**
 * What a client says with its ticket, opened with the service's key: Authenticator of RFC 4120 section 5.5.1. JGSS opens
 * it too, and keeps most of it to itself.
 */
final class OpenedAuthenticator {

    /** Its members, as they are numbered. */
    static final int CHECKSUM = 3;

    static final int CLIENT_TIME = 5;
    static final int AUTHORIZATION_DATA = 8;

    /** RFC 4120 section 7.5.1. */
    private static final int TICKET_USAGE = 2;

    private static final int AUTHENTICATOR_USAGE = 11;

    private static final int APPLICATION_2 = 0x62;
    private static final int APPLICATION_3 = 0x63;

    private final byte[] bytes;

    private OpenedAuthenticator(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Opens it.
     *
     * @param keys those of the service, one of which opens the ticket
     * @throws MalformedToken where none does, or what is in it cannot be read
     */
    static OpenedAuthenticator of(ApReq request, List<KerberosKey> keys)
            throws MalformedToken, GeneralSecurityException {
        return new OpenedAuthenticator(authenticator(request.authenticator(), ticket(request.ticket(), keys)));
    }

    private static byte[] ticket(SealedPart ticket, List<KerberosKey> keys)
            throws MalformedToken, GeneralSecurityException {
        for (KerberosKey key : keys) {
            if (key.getKeyType() == ticket.encryptionType()) {
                Optional<byte[]> opened = ticket.open(key.getEncoded(), TICKET_USAGE);
                if (opened.isPresent()) {
                    return opened.get();
                }
            }
        }
        throw new MalformedToken(
                "no AES key of the keytab opens the ticket, whose encryption type is " + ticket.encryptionType());
    }

    /** EncTicketPart (RFC 4120 section 5.3): flags, and the key that client and service share. */
    private static byte[] authenticator(SealedPart authenticator, byte[] ticket)
            throws MalformedToken, GeneralSecurityException {
        Der members = Der.of(ticket).enter(APPLICATION_3).enter(Der.SEQUENCE);
        members.enter(Der.context(0));
        Der sessionKey = members.enter(Der.context(1)).enter(Der.SEQUENCE);
        long type = sessionKey.enter(Der.context(0)).integer();
        byte[] key = sessionKey.enter(Der.context(1)).enter(Der.OCTET_STRING).rest();
        Optional<byte[]> opened = type == authenticator.encryptionType()
                ? authenticator.open(key, AUTHENTICATOR_USAGE)
                : Optional.empty();
        return opened.orElseThrow(() -> new MalformedToken(
                "the session key opens no authenticator, as one of AES would: its encryption type is " + type));
    }

    /**
     * What is in a member.
     *
     * @return empty where it is not there
     */
    Optional<Der> member(int number) throws MalformedToken {
        Der members = Der.of(bytes).enter(APPLICATION_2).enter(Der.SEQUENCE);
        for (int before = 0; before < number; before++) {
            members.skipOptional(Der.context(before));
        }
        return members.nextIs(Der.context(number)) ? Optional.of(members.enter(Der.context(number))) : Optional.empty();
    }
}
