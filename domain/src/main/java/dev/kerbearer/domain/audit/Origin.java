package dev.kerbearer.domain.audit;

/**
 * Where a request came from.
 *
 * @param address the client's IP address
 * @param method how the caller showed who he is
 */
public record Origin(String address, Method method) {

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
