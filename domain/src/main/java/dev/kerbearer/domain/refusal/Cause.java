package dev.kerbearer.domain.refusal;

import java.util.Locale;

/**
 * The reason for a refusal as metrics show it. The set is fixed, so nobody can add series from outside. It is finer than
 * {@link Kind}, which decides the answer.
 */
public enum Cause {

    /** The client must send a sign-in or the next step of one. Every sign-in can begin like this. */
    CHALLENGE,

    /** The sign-in is not valid: a ticket, password or channel is wrong, or the sign-in was replayed. */
    SIGN_IN_FAILED,

    /** Too many sign-ins with this name or from this address have failed. */
    TOO_MANY_FAILED_SIGN_INS,

    /** The sign-in is valid, but no identity belongs to it. */
    UNKNOWN_USER,

    /** The identity is disabled or expired, or must change its password. */
    USER_BLOCKED,

    /** The sign-in method is switched off. */
    METHOD_DISABLED,

    /** No access rule matches the user. */
    NO_ACCESS,

    /** The scope is missing or malformed. */
    MALFORMED_SCOPE,

    /** The scope is wider than the integration or the access rules allow. */
    SCOPE_TOO_WIDE,

    /** A refresh asks for another scope than the granted one. */
    SCOPE_NOT_AS_GRANTED,

    /** The {@code client_id} is missing. */
    CLIENT_ID_MISSING,

    /** The client is not registered or not enabled. */
    UNKNOWN_CLIENT,

    /** A public client sends credentials. */
    CLIENT_IS_PUBLIC,

    /** The resource server has no right id and secret. */
    RESOURCE_SERVER_NOT_AUTHENTICATED,

    /** The {@code token} or {@code refresh_token} is missing. */
    TOKEN_MISSING,

    /** The access token is not valid. */
    INVALID_TOKEN,

    /** The refresh token is not valid. */
    INVALID_REFRESH_TOKEN,

    /** The token belongs to another client. */
    TOKEN_OF_ANOTHER_CLIENT,

    /** The {@code grant_type} is missing or not supported. */
    UNSUPPORTED_GRANT_TYPE,

    /** A token would travel unencrypted. */
    INSECURE_TRANSPORT,

    /** The request cannot be read. */
    MALFORMED_REQUEST,

    /** The body is too long. */
    BODY_TOO_LARGE,

    /** The request did not arrive completely in time. */
    REQUEST_INCOMPLETE,

    /** The content type is not supported. */
    UNSUPPORTED_CONTENT_TYPE,

    /** The path or method does not exist, or HTTP itself refuses the request. */
    NO_SUCH_CALL,

    /** Storage, a directory, a domain or a key is unavailable. */
    UNAVAILABLE,

    /** There are more calls than can be answered in time. */
    OVERLOADED,

    /** The node shuts down. */
    SHUTTING_DOWN,

    /** Kerbearer has an internal error. */
    INTERNAL_ERROR;

    /** Returns the name in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
