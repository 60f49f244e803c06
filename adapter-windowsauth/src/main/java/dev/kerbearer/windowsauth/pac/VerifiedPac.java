package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import dev.kerbearer.windowsauth.text.Printable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PAC that the KDC verifiably wrote for this ticket. */
public final class VerifiedPac {

    private static final int LOGON_INFO = 1;
    private static final int DELEGATION_INFO = 11;
    private static final int PRINCIPAL_NAMES = 12;
    private static final int REQUESTOR = 18;

    private final Pac pac;
    private final String client;

    VerifiedPac(Pac pac, String client) {
        this.pac = pac;
        this.client = client;
    }

    /**
     * Returns the client's identifier and groups.
     *
     * @param realm of the client
     * @throws MalformedPac if the PAC does not state them, or states them for another client than the ticket's
     */
    public AuthorizationData authorization(String realm) throws MalformedPac {
        return read(() -> {
            LogonInfo.Content logon = LogonInfo.read(pac.buffer(LOGON_INFO));
            Sid user = logon.authorization().user();
            Optional<ByteBuffer> names = pac.optional(PRINCIPAL_NAMES);
            isOfClient(logon.name(), names.isEmpty() ? Optional.empty() : namesOf(user, names.get()), realm);
            isRequestedBy(user);
            return logon.authorization();
        });
    }

    /**
     * Checks that the client's name is the account's logon name, if the PAC names an account; MIT's PACs do not. Other
     * names of the account are not enough in a realm that identifies users by name only: another account can have the
     * client's name as its user principal name.
     *
     * @throws MalformedPac if the names differ
     */
    public void isNamedLikeItsAccount() throws MalformedPac {
        Optional<ByteBuffer> logon = pac.optional(LOGON_INFO);
        if (logon.isPresent()) {
            String name = read(() -> LogonInfo.read(logon.get()).name());
            if (!client.equalsIgnoreCase(name)) {
                throw another(List.of(name));
            }
        }
    }

    private static Optional<PrincipalNames> namesOf(Sid user, ByteBuffer bytes) throws MalformedPac {
        PrincipalNames names = PrincipalNames.read(bytes);
        if (names.sid().filter(sid -> !sid.equals(user)).isPresent()) {
            throw new MalformedPac(
                    "the PAC names two users: one in its logon information and another in its principal name");
        }
        return Optional.of(names);
    }

    /**
     * Checks that the ticket's client name is one of this account's names. A KDC finds accounts by several names, and
     * the ticket has the requested one. Case is ignored, as in Windows.
     */
    private void isOfClient(String logonName, Optional<PrincipalNames> more, String realm) throws MalformedPac {
        List<String> names = new ArrayList<>(List.of(logonName));
        more.flatMap(PrincipalNames::logonName).ifPresent(names::add);
        List<String> logonNames = List.copyOf(names);
        more.map(PrincipalNames::principalName).ifPresent(names::add);
        boolean isOne = names.stream().anyMatch(client::equalsIgnoreCase)
                || more.filter(found -> isOfDomain(logonNames, found.domain())).isPresent()
                || more.filter(found -> found.principalName().equalsIgnoreCase(client + "@" + realm))
                        .isPresent();
        if (!isOne) {
            throw another(names);
        }
    }

    /** Checks the implicit user principal name, which every account has. */
    private boolean isOfDomain(List<String> logonNames, String domain) {
        return logonNames.stream().anyMatch(name -> client.equalsIgnoreCase(name + "@" + domain));
    }

    private static MalformedPac another(List<String> names) {
        return new MalformedPac(
                "the PAC is of the account " + Printable.of(names, ", or ") + ", and its ticket is not");
    }

    /**
     * Checks that the user of the PAC requested the ticket-granting ticket. After an account is renamed, another
     * account can have its old name.
     */
    private void isRequestedBy(Sid user) throws MalformedPac {
        Optional<ByteBuffer> requestor = pac.optional(REQUESTOR);
        if (requestor.isPresent() && !BinarySid.read(requestor.get()).equals(user)) {
            throw new MalformedPac("the PAC was requested by another user than its own");
        }
    }

    /**
     * Returns the services that got this ticket in the client's name (S4U2Proxy); the last one requested it.
     *
     * @return absent if the client got the ticket itself
     * @throws MalformedPac if the delegation information cannot be read
     */
    public Optional<String> delegatedThrough() throws MalformedPac {
        return read(() -> {
            Optional<ByteBuffer> info = pac.optional(DELEGATION_INFO);
            if (info.isEmpty()) {
                return Optional.empty();
            }
            List<String> services = DelegationInfo.servicesIn(info.get());
            return Optional.of(services.isEmpty() ? "a service that is not named" : Printable.of(services, ", "));
        });
    }

    private interface Reading<T> {
        T read() throws MalformedPac;
    }

    private static <T> T read(Reading<T> reading) throws MalformedPac {
        try {
            return reading.read();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cutOff) {
            throw new MalformedPac("a buffer of the PAC is cut off", cutOff);
        }
    }
}
