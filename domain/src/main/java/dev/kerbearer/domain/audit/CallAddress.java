package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;

/**
 * From which network address a call comes, as far as that is known.
 *
 * @param ip the client's address; where no address of the client is known, that of the nearest proxy to it
 * @param forwarded what that proxy called the client in place of an address ({@code unknown}, a name of its own, a path),
 *     at most 100 characters; empty where the address is the client's
 */
public record CallAddress(IpAddress ip, Optional<String> forwarded) {

    private static final int LONGEST = 100;

    /** Leaves of what was forwarded what an audit line and a log can hold. */
    public CallAddress {
        forwarded = forwarded.map(text -> AuditText.of(text, LONGEST));
    }

    /** Of a client whose address is known. */
    public static CallAddress of(IpAddress client) {
        return new CallAddress(client, Optional.empty());
    }

    /** The origin of a call whose caller shows in that way who they are. */
    public Origin origin(Origin.Method method) {
        return new Origin(ip.toString(), forwarded, method);
    }
}
