package dev.kerbearer.domain.audit;

import java.util.Optional;

/**
 * Where a request came from.
 *
 * @param address the client's IP address
 * @param method how the caller showed who he is
 * @param through the services that act in the caller's name, where he did not come himself
 */
public record Origin(String address, Method method, Optional<String> through) {

    /** The caller comes himself. */
    public Origin(String address, Method method) {
        this(address, method, Optional.empty());
    }

    /** The same, where a service acts in the caller's name. */
    public Origin through(String services) {
        return new Origin(address, method, Optional.of(services));
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
        REFRESH_TOKEN
    }
}
