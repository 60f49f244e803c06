package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.keytab.HeldKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The KDC's part of a ticket (EncTicketPart, RFC 4120 section 5.3), opened with the service's key. JGSS opens it too,
 * but its text for the client's name is ambiguous, and it does not say which key it used.
 */
public final class OpenedTicket {

    private static final int APPLICATION_3 = 0x63;
    private static final int BIT_STRING = 0x03;

    /** RFC 4120 section 2.7: bit 12, counted from the left of the first octet. */
    private static final int TRANSITED_POLICY_CHECKED = 12;

    private final HeldKey openedBy;
    private final OpenedAuthenticator authenticator;
    private final Principal client;
    private final boolean isTransitChecked;
    private final Transit transit;
    private final Instant authenticatedAt;
    private final Optional<byte[]> authorizationData;

    private OpenedTicket(HeldKey openedBy, byte[] part, SealedPart sealedAuthenticator)
            throws MalformedToken, GeneralSecurityException {
        this.openedBy = openedBy;
        Der members = Der.of(part).enter(APPLICATION_3).enter(Der.SEQUENCE);
        this.isTransitChecked =
                flag(members.enter(Der.context(0)).enter(BIT_STRING).rest());
        Der sessionKey = members.enter(Der.context(1)).enter(Der.SEQUENCE);
        long type = sessionKey.enter(Der.context(0)).integer();
        byte[] key = sessionKey.enter(Der.context(1)).enter(Der.OCTET_STRING).rest();
        this.authenticator = OpenedAuthenticator.of(sealedAuthenticator, type, key);
        String realm = KerberosName.text(members.enter(Der.context(2)));
        this.client = principal(KerberosName.components(members.enter(Der.context(3))), realm);
        this.transit = Transit.read(members.enter(Der.context(4)));
        this.authenticatedAt = KerberosTime.read(members.enter(Der.context(5)));
        for (int optional = 6; optional < 10; optional++) {
            members.skipOptional(Der.context(optional));
        }
        this.authorizationData = members.nextIs(Der.context(10))
                ? Optional.of(members.enter(Der.context(10)).rest())
                : Optional.empty();
        members.requireEnd();
    }

    /** The first octet gives the number of unused bits in the last octet. */
    private static boolean flag(byte[] bits) {
        int octet = 1 + TRANSITED_POLICY_CHECKED / 8;
        return bits.length > octet && (bits[octet] & (0x80 >> (TRANSITED_POLICY_CHECKED % 8))) != 0;
    }

    private static Principal principal(List<String> components, String realm) throws MalformedToken {
        try {
            return new Principal(components, realm);
        } catch (IllegalArgumentException invalid) {
            throw new MalformedToken("the client's name is none: " + invalid.getMessage());
        }
    }

    /**
     * Opens the ticket of a request.
     *
     * @param keys the keys to try
     * @return empty if no key opens the ticket
     * @throws MalformedToken if the content cannot be read
     */
    public static Optional<OpenedTicket> of(ApReq request, List<HeldKey> keys)
            throws MalformedToken, GeneralSecurityException {
        SealedPart sealed = request.ticket();
        List<HeldKey> likelyFirst = keys.stream()
                .filter(key -> key.encryptionType() == sealed.encryptionType())
                .sorted(Comparator.comparing(
                        (HeldKey key) -> key.version() != request.key().version()))
                .toList();
        for (HeldKey key : likelyFirst) {
            Optional<byte[]> part = key.forTickets().open(sealed.cipher());
            if (part.isPresent()) {
                return Optional.of(new OpenedTicket(key, part.get(), request.authenticator()));
            }
        }
        return Optional.empty();
    }

    /** Returns the key that opened the ticket. Only this key proves for which service the KDC made it. */
    public HeldKey openedBy() {
        return openedBy;
    }

    /** Returns the client's authenticator. */
    public OpenedAuthenticator authenticator() {
        return authenticator;
    }

    /** Returns the client of the ticket. */
    public Principal client() {
        return client;
    }

    /** Whether the service's KDC has checked the realms on the ticket's path. */
    public boolean isTransitChecked() {
        return isTransitChecked;
    }

    /** Returns the realms on the ticket's path. */
    public Transit transit() {
        return transit;
    }

    /** Returns when the client authenticated. */
    public Instant authenticatedAt() {
        return authenticatedAt;
    }

    /** Returns what the KDC says about the client besides the name: AuthorizationData (section 5.2.6). */
    public Optional<byte[]> authorizationData() {
        return authorizationData;
    }
}
