package dev.kerbearer.domain.audit;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;

/**
 * Where a call comes from, as far as it is known, and the id that links its log and audit lines.
 *
 * @param ip the client's address; if it is unknown, the address of the nearest proxy to the client
 * @param forwarded the proxy's name for the client if there is no address ({@code unknown}, a name, a path), at most
 *     100 characters; empty if the address is the client's
 * @param trace the trace id of the call, if it has one yet
 */
public record CallAddress(IpAddress ip, Optional<String> forwarded, Optional<String> trace) {

    private static final int LONGEST = 100;

    /** Cleans the forwarded name so that an audit line and a log accept it. */
    public CallAddress {
        forwarded = forwarded.map(text -> AuditText.of(text, LONGEST));
    }

    /** Creates the address of a call that has no trace id yet. */
    public CallAddress(IpAddress ip, Optional<String> forwarded) {
        this(ip, forwarded, Optional.empty());
    }

    /** Creates the address of a client whose address is known. */
    public static CallAddress of(IpAddress client) {
        return new CallAddress(client, Optional.empty());
    }

    /** Returns the same address with the trace id of the call. */
    public CallAddress traced(String id) {
        return new CallAddress(ip, forwarded, Optional.of(id));
    }

    /** Returns the origin of a call with this sign-in method. */
    public Origin origin(Origin.Method method) {
        return new Origin(ip.toString(), forwarded, method, Optional.empty(), trace);
    }

    /**
     * Returns the address as readable text. If the address is not the client's, the text includes the proxy's name for
     * the client.
     */
    @Override
    public String toString() {
        return forwarded.map(name -> ip + " (forwarded for \"" + name + "\")").orElseGet(ip::toString);
    }
}
