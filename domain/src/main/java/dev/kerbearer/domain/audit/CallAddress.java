package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;

/**
 * The network address of a call, as far as it is known.
 *
 * @param ip the client's address; if it is unknown, the address of the nearest proxy to the client
 * @param forwarded the proxy's name for the client if there is no address ({@code unknown}, a name, a path), at most
 *     100 characters; empty if the address is the client's
 */
public record CallAddress(IpAddress ip, Optional<String> forwarded) {

    private static final int LONGEST = 100;

    /** Cleans the forwarded name so that an audit line and a log accept it. */
    public CallAddress {
        forwarded = forwarded.map(text -> AuditText.of(text, LONGEST));
    }

    /** Creates the address of a client whose address is known. */
    public static CallAddress of(IpAddress client) {
        return new CallAddress(client, Optional.empty());
    }

    /** Returns the origin of a call with this sign-in method. */
    public Origin origin(Origin.Method method) {
        return new Origin(ip.toString(), forwarded, method);
    }
}
