package dev.kerbearer.domain.refusal;

/**
 * The kind of a refusal, with its OAuth 2.0 error code (RFC 6749 section 5.2, RFC 6750 section 3.1). The HTTP adapter
 * chooses the HTTP status of each kind, in one place.
 */
public enum Kind {

    /** The request is malformed or incomplete. */
    INVALID_REQUEST("invalid_request"),

    /** The request body is over the size limit. */
    TOO_LARGE("invalid_request"),

    /** The request did not arrive completely in time (RFC 9110 section 15.5.9). */
    INCOMPLETE("invalid_request"),

    /** The media type of the request body is not supported. */
    UNSUPPORTED_TYPE("invalid_request"),

    /** This sign-in method is disabled. */
    INVALID_CLIENT("invalid_client"),

    /** The client is unknown or not authenticated (RFC 6749 section 5.2). */
    UNKNOWN_CLIENT("invalid_client"),

    /** The scope is missing, malformed or too wide. */
    INVALID_SCOPE("invalid_scope"),

    /** There is no registered and enabled integration, or the grant is no longer valid. */
    INVALID_GRANT("invalid_grant"),

    /** This endpoint does not support the grant type (RFC 6749 section 5.2). */
    UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),

    /** The caller has no access to the integration. */
    UNAUTHORIZED_CLIENT("unauthorized_client"),

    /** The caller is not signed in, or the signed-in user may not have a grant. */
    ACCESS_DENIED("access_denied"),

    /** The caller has to wait before the next attempt (RFC 6585 section 4). */
    TOO_MANY_ATTEMPTS("access_denied"),

    /** The bearer token is not valid (RFC 6750 section 3.1). */
    INVALID_TOKEN("invalid_token"),

    /** Kerbearer cannot answer now; the same request may succeed later. */
    UNAVAILABLE("server_error"),

    /** Kerbearer has an internal error. */
    FAULT("server_error");

    private final String code;

    Kind(String code) {
        this.code = code;
    }

    /** Returns the value of {@code error} in the response. */
    public String code() {
        return code;
    }
}
