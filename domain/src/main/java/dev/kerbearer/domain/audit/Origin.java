package dev.kerbearer.domain.audit;

import java.util.Optional;

/**
 * Where a request came from.
 *
 * @param address the client's IP address, or that of the proxy that knows the client ({@link CallAddress}); of an import,
 *     the file
 * @param forwarded what that proxy called the client, where that is no address
 * @param method how the caller showed who they are
 * @param through the services that act in the caller's name, where they did not come themselves
 */
public record Origin(String address, Optional<String> forwarded, Method method, Optional<String> through) {

    private static final int LONGEST_ADDRESS = 1_000;
    private static final int LONGEST_FORWARDED = 100;

    /** Leaves of the texts what an audit line can hold. */
    public Origin {
        address = AuditText.of(address, LONGEST_ADDRESS);
        forwarded = forwarded.map(text -> AuditText.of(text, LONGEST_FORWARDED));
    }

    /** Of a client that may have an address of its own, or only a proxy's. */
    public Origin(String address, Optional<String> forwarded, Method method) {
        this(address, forwarded, method, Optional.empty());
    }

    /** Of a client whose address is known. */
    public Origin(String address, Method method) {
        this(address, Optional.empty(), method);
    }

    /** The same, where a service acts in the caller's name. */
    public Origin through(String services) {
        return new Origin(address, forwarded, method, Optional.of(services));
    }

    /** An import file that is applied at the start. */
    public static Origin ofImport(String file) {
        return new Origin(file, Method.IMPORT);
    }

    /** How a caller shows who he is. */
    public enum Method {
        /** A Kerberos ticket over HTTP Negotiate (RFC 4559). */
        KERBEROS,
        /** NTLM version 2, over HTTP Negotiate or under a scheme of its own. */
        NTLM,
        /** A bearer token (RFC 6750). */
        BEARER,
        /** A refresh token (RFC 6749 section 6). */
        REFRESH_TOKEN,
        /** An import file, which an operator's configuration names. */
        IMPORT
    }
}
