package dev.kerbearer.domain.refusal;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as a value. The kinds are the rows of the tables in {@code docs/wire.md}. The factory methods are the
 * catalogue of all error texts. The file is long because there is one catalogue, so that no text is written twice.
 *
 * @param kind the kind, which fixes the OAuth code
 * @param reason the reason
 * @param retryAfter the wait before the next attempt; present exactly if the kind is {@link Kind#TOO_MANY_ATTEMPTS}
 */
public record Refusal(Kind kind, Reason reason, Optional<Duration> retryAfter) {

    /** Refuses a wait with another kind, and the kind without its wait. */
    public Refusal {
        if (retryAfter.isPresent() != (kind == Kind.TOO_MANY_ATTEMPTS)) {
            throw new IllegalArgumentException("A refusal has a wait exactly if its kind is TOO_MANY_ATTEMPTS");
        }
    }

    private Refusal(Kind kind, Reason reason) {
        this(kind, reason, Optional.empty());
    }

    /** Returns the value of {@code error} in the response. */
    public String code() {
        return kind.code();
    }

    /** Returns the value of {@code error_description}, which tells the caller how to correct the request. */
    public String description() {
        return reason.description();
    }

    /** Returns the reason for metrics. */
    public Cause cause() {
        return reason.cause();
    }

    /** Returns the detail for the log only. */
    public Optional<Detail> detail() {
        return reason.detail();
    }

    /** Returns the refusal as an exception. */
    public RefusedException asException() {
        return new RefusedException(this, Parties.UNKNOWN);
    }

    /** No {@code client_id}, or an empty one. */
    public static Refusal clientIdMissing() {
        return new Refusal(
                Kind.INVALID_REQUEST, Reason.of(Cause.CLIENT_ID_MISSING, "The client_id is missing or empty"));
    }

    /** A body that cannot be read. */
    public static Refusal malformedRequest(String hint) {
        return new Refusal(
                Kind.INVALID_REQUEST, Reason.of(Cause.MALFORMED_REQUEST, "The request is malformed", new Hint(hint)));
    }

    /** A body over the limit. */
    public static Refusal bodyTooLarge(int limit) {
        return new Refusal(
                Kind.TOO_LARGE, Reason.of(Cause.BODY_TOO_LARGE, "The request body is longer than " + limit + " bytes"));
    }

    /** A body that stops coming, comes too slowly, or had to make room for the bodies of later requests. */
    public static Refusal requestIncomplete() {
        return new Refusal(
                Kind.INCOMPLETE,
                Reason.of(Cause.REQUEST_INCOMPLETE, "The request did not arrive as a whole in time: send it again"));
    }

    /** A content type that no endpoint accepts. */
    public static Refusal unsupportedContentType() {
        return new Refusal(
                Kind.UNSUPPORTED_TYPE,
                Reason.of(
                        Cause.UNSUPPORTED_CONTENT_TYPE,
                        "The Content-Type must be application/json or application/x-www-form-urlencoded"));
    }

    /** A content type that an endpoint of the OAuth standards does not accept. */
    public static Refusal formRequired() {
        return new Refusal(
                Kind.UNSUPPORTED_TYPE,
                Reason.of(
                        Cause.UNSUPPORTED_CONTENT_TYPE, "The Content-Type must be application/x-www-form-urlencoded"));
    }

    /** A token would travel unencrypted. */
    public static Refusal insecureTransport() {
        return new Refusal(
                Kind.INVALID_REQUEST,
                Reason.of(
                        Cause.INSECURE_TRANSPORT,
                        "Tokens are not answered over plain HTTP: use https, or let the operator set kerbearer.insecure-http"));
    }

    /** An internal error in a sign-in call; the log has it under the trace id. */
    public static Refusal internalError(Detail detail) {
        return new Refusal(Kind.INVALID_REQUEST, Reason.of(Cause.INTERNAL_ERROR, "An internal error occurred", detail));
    }

    /** An internal error in any other call. */
    public static Refusal fault(Detail detail) {
        return new Refusal(Kind.FAULT, Reason.of(Cause.INTERNAL_ERROR, "An internal error occurred", detail));
    }

    /** A path or method that is not in the contract, or another error at the HTTP level. */
    public static Refusal noSuchCall(String why) {
        return new Refusal(Kind.INVALID_REQUEST, Reason.of(Cause.NO_SUCH_CALL, why));
    }

    /** Integrated sign-in is disabled in the settings. */
    public static Refusal integratedSignInDisabled() {
        return new Refusal(
                Kind.INVALID_CLIENT, Reason.of(Cause.METHOD_DISABLED, "Windows integrated authentication is disabled"));
    }

    /** No {@code refresh_token}, or an empty one. */
    public static Refusal refreshTokenMissing() {
        return new Refusal(
                Kind.INVALID_REQUEST, Reason.of(Cause.TOKEN_MISSING, "The refresh_token is missing or empty"));
    }

    /** An unknown {@code grant_type}. */
    public static Refusal unsupportedGrantType() {
        return new Refusal(
                Kind.UNSUPPORTED_GRANT_TYPE,
                Reason.of(Cause.UNSUPPORTED_GRANT_TYPE, "The grant_type is not supported: use refresh_token"));
    }

    /** A refresh token that is not valid, for any reason; only the log has the reason. */
    public static Refusal invalidRefreshToken(Detail detail) {
        return new Refusal(
                Kind.INVALID_GRANT,
                Reason.of(
                        Cause.INVALID_REFRESH_TOKEN,
                        "Grant has been revoked, has expired, or the refresh token is invalid",
                        detail));
    }

    /** A refresh token of another client. */
    public static Refusal refreshTokenOfAnotherClient(Detail detail) {
        return new Refusal(
                Kind.INVALID_GRANT,
                Reason.of(
                        Cause.TOKEN_OF_ANOTHER_CLIENT,
                        "The client_id value being requested with the refresh token does not match"
                                + " the client_id of the access token making the call",
                        detail));
    }

    /** A refresh with a scope other than the granted one. */
    public static Refusal scopeNotAsGranted() {
        return new Refusal(
                Kind.INVALID_SCOPE,
                Reason.of(Cause.SCOPE_NOT_AS_GRANTED, "The scope differs from the one that was granted: leave it out"));
    }

    /** No {@code grant_type}, or an empty one. */
    public static Refusal grantTypeMissing() {
        return new Refusal(
                Kind.INVALID_REQUEST, Reason.of(Cause.UNSUPPORTED_GRANT_TYPE, "The grant_type is missing or empty"));
    }

    /** No {@code token}, or an empty one. */
    public static Refusal tokenMissing() {
        return new Refusal(Kind.INVALID_REQUEST, Reason.of(Cause.TOKEN_MISSING, "The token is missing or empty"));
    }

    /** The client is not registered or not enabled. */
    public static Refusal unknownClient() {
        return new Refusal(
                Kind.UNKNOWN_CLIENT,
                Reason.of(
                        Cause.UNKNOWN_CLIENT, "The client_id does not match a registered and enabled API integration"));
    }

    /** A client sends credentials, but clients are public here (RFC 6749 section 2.1). */
    public static Refusal clientIsPublic() {
        return new Refusal(
                Kind.UNKNOWN_CLIENT,
                Reason.of(
                        Cause.CLIENT_IS_PUBLIC,
                        "Clients have no secret here: send the client_id in the form, and nothing else of the client"));
    }

    /** A resource server that is unknown or disabled, or has sent a wrong secret; only the log says which. */
    public static Refusal resourceServerNotAuthenticated(Detail detail) {
        return new Refusal(
                Kind.UNKNOWN_CLIENT,
                Reason.of(
                        Cause.RESOURCE_SERVER_NOT_AUTHENTICATED,
                        "The resource server is not authenticated: send its id and secret by client_secret_basic or"
                                + " client_secret_post",
                        detail));
    }

    /** A client tries to revoke a token of another client. */
    public static Refusal tokenOfAnotherClient(Detail detail) {
        return new Refusal(
                Kind.INVALID_GRANT,
                Reason.of(Cause.TOKEN_OF_ANOTHER_CLIENT, "The token was issued to another client", detail));
    }

    /** No {@code scope}, or an empty one. */
    public static Refusal scopeMissing() {
        return new Refusal(Kind.INVALID_SCOPE, Reason.of(Cause.MALFORMED_SCOPE, "The scope is missing or empty"));
    }

    /** A scope that does not match the grammar. */
    public static Refusal malformedScope(String hint) {
        return new Refusal(
                Kind.INVALID_SCOPE, Reason.of(Cause.MALFORMED_SCOPE, "The scope is malformed", new Hint(hint)));
    }

    /** A scope wider than the integration's. */
    public static Refusal scopeWiderThanIntegration() {
        return new Refusal(
                Kind.INVALID_SCOPE,
                Reason.of(Cause.SCOPE_TOO_WIDE, "The scope is wider than the API integration allows"));
    }

    /** A scope wider than the caller's access rules allow. */
    public static Refusal scopeWiderThanAccess() {
        return new Refusal(
                Kind.INVALID_SCOPE,
                Reason.of(Cause.SCOPE_TOO_WIDE, "The scope is wider than your access to the API integration allows"));
    }

    /** The integration is not registered or not enabled; only the log says which. */
    public static Refusal noSuchIntegration(Detail detail) {
        return new Refusal(
                Kind.INVALID_GRANT,
                Reason.of(
                        Cause.UNKNOWN_CLIENT,
                        "The client_id does not match a registered and enabled API integration",
                        detail));
    }

    /** No access rule matches the caller. */
    public static Refusal noAccess() {
        return new Refusal(
                Kind.UNAUTHORIZED_CLIENT,
                Reason.of(Cause.NO_ACCESS, "The user has not been given access to the API integration"));
    }

    /** A sign-in is required, but none was sent. */
    public static Refusal signInRequired() {
        return new Refusal(Kind.ACCESS_DENIED, Reason.of(Cause.CHALLENGE, "Windows authentication is required"));
    }

    /** A sign-in has begun, and the client must answer the challenge in the response. */
    public static Refusal signInContinues() {
        return new Refusal(
                Kind.ACCESS_DENIED, Reason.of(Cause.CHALLENGE, "Windows authentication goes on: answer the challenge"));
    }

    /** A sign-in was sent but is not valid. */
    public static Refusal signInFailed(String why, Detail detail) {
        return new Refusal(
                Kind.ACCESS_DENIED, Reason.of(Cause.SIGN_IN_FAILED, "Authentication failed: " + why, detail));
    }

    /**
     * Too many sign-ins with this name or from this address have failed. The answer does not reveal which of the two it
     * is, or whether the name exists.
     */
    public static Refusal tooManyFailedSignIns(Duration retryAfter, Detail detail) {
        return new Refusal(
                Kind.TOO_MANY_ATTEMPTS,
                Reason.of(Cause.TOO_MANY_FAILED_SIGN_INS, "Too many sign-ins have failed: wait, and try again", detail),
                Optional.of(retryAfter));
    }

    /** The sign-in is valid, but its principal maps to no identity. */
    public static Refusal unhandledIdentity(Detail detail) {
        return new Refusal(Kind.ACCESS_DENIED, Reason.of(Cause.UNKNOWN_USER, "Unhandled identity claim type", detail));
    }

    /** The caller is known, but may not have a grant. */
    public static Refusal noGrantFor(String why) {
        return new Refusal(Kind.ACCESS_DENIED, Reason.of(Cause.USER_BLOCKED, "Failed to issue grant: " + why));
    }

    /** The sign-in was seen before (RFC 4120 section 3.2.3). */
    public static Refusal replayed() {
        return signInFailed("the ticket was replayed", new Detail("its authenticator was seen before"));
    }

    /** The caller is known, but no grant can be recorded now. */
    public static Refusal grantNotRecorded(String what, @Nullable Throwable cause) {
        Detail detail = new Detail(String.valueOf(cause));
        return new Refusal(
                Kind.UNAVAILABLE,
                Reason.of(Cause.UNAVAILABLE, "Failed to issue grant: " + what + " unavailable", detail));
    }

    /** The call cannot be answered now. */
    public static Refusal unavailable(String what, Detail detail) {
        return new Refusal(
                Kind.UNAVAILABLE,
                Reason.of(Cause.UNAVAILABLE, "The service cannot answer now: " + what + " unavailable", detail));
    }

    /** A call that arrives while this node shuts down; another node may answer it. */
    public static Refusal shuttingDown() {
        return new Refusal(
                Kind.UNAVAILABLE,
                Reason.of(Cause.SHUTTING_DOWN, "The service cannot answer now: this node is shutting down"));
    }

    /** There are more calls than can be answered in time. */
    public static Refusal overloaded() {
        return new Refusal(
                Kind.UNAVAILABLE, Reason.of(Cause.OVERLOADED, "The service is busy: try again after a moment"));
    }

    /** A bearer token that Kerbearer does not know. */
    public static Refusal invalidToken() {
        return invalidToken(new Detail("it is missing, malformed, unknown or ended"));
    }

    /** A bearer token that is not valid, for any reason; only the log has the reason. */
    public static Refusal invalidToken(Detail detail) {
        return new Refusal(
                Kind.INVALID_TOKEN,
                Reason.of(
                        Cause.INVALID_TOKEN,
                        "The access token provided is expired, revoked, malformed, or invalid for other reasons",
                        detail));
    }
}
