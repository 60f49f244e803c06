package dev.kerbearer.domain.refusal;

import java.util.Locale;

/**
 * The reason for a refusal as metrics show it. The set is fixed, so callers cannot add series. Causes are more detailed
 * than {@link Kind}, which decides the answer.
 */
public enum Cause {

    /** The client must send a sign-in, or the next step of a sign-in. This is normal at the beginning of a sign-in. */
    CHALLENGE,

    /** The sign-in is not valid: a ticket, password or channel is wrong, or the sign-in was replayed. */
    SIGN_IN_FAILED,

    /** Too many earlier sign-ins with this name or from this address have failed. */
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

    /** A refresh asks for a scope that differs from the granted scope. */
    SCOPE_NOT_AS_GRANTED,

    /** The {@code client_id} is missing. */
    CLIENT_ID_MISSING,

    /** The client is not registered or not enabled. */
    UNKNOWN_CLIENT,

    /** A public client sends credentials. */
    CLIENT_IS_PUBLIC,

    /** The id or the secret of the resource server is wrong. */
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

    /** The node gets more calls than it can answer in time. */
    OVERLOADED,

    /** The node is shutting down. */
    SHUTTING_DOWN,

    /** Kerbearer has an internal error. */
    INTERNAL_ERROR;

    /** Returns the name in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
