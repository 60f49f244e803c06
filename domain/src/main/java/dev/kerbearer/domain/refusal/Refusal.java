package dev.kerbearer.domain.refusal;

import java.time.Duration;
import java.util.Optional;

/**
 * A refusal, as a value: an OAuth 2.0 error code (RFC 6749 section 5.2, RFC 6750 section 3.1) and the reason. The kinds
 * are the rows of the tables in {@code docs/wire.md}. The factory methods are the catalogue of all error texts. The
 * HTTP adapter chooses the HTTP status of a kind, in one place.
 */
public sealed interface Refusal {

    /** Returns the reason. */
    Reason reason();

    /** Returns the value of {@code error} in the response. */
    String code();

    /** Returns the value of {@code error_description}, which tells the caller how to correct the request. */
    default String description() {
        return reason().description();
    }

    /** Returns the detail for the log only. */
    default Optional<Detail> detail() {
        return reason().detail();
    }

    /** Returns the refusal as an exception. */
    default RefusedException asException() {
        return new RefusedException(this);
    }

    /** The request is malformed or incomplete. */
    record InvalidRequest(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The request body is over the size limit. */
    record TooLarge(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The request did not arrive completely in time (RFC 9110 section 15.5.9). */
    record NotWhole(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The media type of the request body is not supported. */
    record UnsupportedType(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** This sign-in method is disabled. */
    record InvalidClient(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_client";
        }
    }

    /** The client is unknown or not authenticated (RFC 6749 section 5.2). */
    record UnknownClient(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_client";
        }
    }

    /** The scope is missing, malformed or too wide. */
    record InvalidScope(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_scope";
        }
    }

    /** There is no registered and enabled integration, or the grant is no longer valid. */
    record InvalidGrant(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_grant";
        }
    }

    /** This endpoint does not support the grant type (RFC 6749 section 5.2). */
    record UnsupportedGrantType(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "unsupported_grant_type";
        }
    }

    /** The caller has no access to the integration. */
    record UnauthorizedClient(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "unauthorized_client";
        }
    }

    /** The caller is not signed in, or the signed-in user may not have a grant. */
    record AccessDenied(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "access_denied";
        }
    }

    /**
     * The caller has to wait before the next attempt (RFC 6585 section 4).
     *
     * @param retryAfter the wait
     */
    record TooManyAttempts(Reason reason, Duration retryAfter) implements Refusal {
        @Override
        public String code() {
            return "access_denied";
        }
    }

    /** The bearer token is not valid (RFC 6750 section 3.1). */
    record InvalidToken(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_token";
        }
    }

    /** Kerbearer cannot answer now; the same request may succeed later. */
    record Unavailable(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "server_error";
        }
    }

    /** Kerbearer has an internal error. */
    record Fault(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "server_error";
        }
    }

    /** No {@code client_id}, or an empty one. */
    static Refusal clientIdMissing() {
        return new InvalidRequest(Reason.of("The client_id is missing or empty"));
    }

    /** A body that cannot be read. */
    static Refusal malformedRequest(String hint) {
        return new InvalidRequest(Reason.of("The request is malformed", new Hint(hint)));
    }

    /** A body over the limit. */
    static Refusal bodyTooLarge(int limit) {
        return new TooLarge(Reason.of("The request body is longer than " + limit + " bytes"));
    }

    /** A body that stops coming, comes too slowly, or had to make room for the bodies of later requests. */
    static Refusal requestNotWhole() {
        return new NotWhole(Reason.of("The request did not arrive as a whole in time: send it again"));
    }

    /** A content type that no endpoint accepts. */
    static Refusal unsupportedContentType() {
        return new UnsupportedType(
                Reason.of("The Content-Type must be application/json or application/x-www-form-urlencoded"));
    }

    /** A content type that an endpoint of the OAuth standards does not accept. */
    static Refusal formRequired() {
        return new UnsupportedType(Reason.of("The Content-Type must be application/x-www-form-urlencoded"));
    }

    /** A token would travel unencrypted. */
    static Refusal insecureTransport() {
        return new InvalidRequest(Reason.of(
                "Tokens are not answered over plain HTTP: use https, or let the operator set kerbearer.insecure-http"));
    }

    /** An internal error in a sign-in call; the log has it under the trace id. */
    static Refusal internalError(Detail detail) {
        return new InvalidRequest(Reason.of("An internal error occurred", detail));
    }

    /** An internal error in any other call. */
    static Refusal fault(Detail detail) {
        return new Fault(Reason.of("An internal error occurred", detail));
    }

    /** A path or method that is not in the contract, or another error at the HTTP level. */
    static Refusal noSuchCall(String why) {
        return new InvalidRequest(Reason.of(why));
    }

    /** Integrated sign-in is disabled in the settings. */
    static Refusal integratedSignInDisabled() {
        return new InvalidClient(Reason.of("Windows integrated authentication is disabled"));
    }

    /** No {@code refresh_token}, or an empty one. */
    static Refusal refreshTokenMissing() {
        return new InvalidRequest(Reason.of("The refresh_token is missing or empty"));
    }

    /** An unknown {@code grant_type}. */
    static Refusal unsupportedGrantType() {
        return new UnsupportedGrantType(Reason.of("The grant_type is not supported: use refresh_token"));
    }

    /** A refresh token that is not valid, for any reason; only the log has the reason. */
    static Refusal invalidRefreshToken(Detail detail) {
        return new InvalidGrant(
                Reason.of("Grant has been revoked, has expired, or the refresh token is invalid", detail));
    }

    /** A refresh token of another client. */
    static Refusal refreshTokenOfAnotherClient() {
        return new InvalidGrant(Reason.of("The client_id value being requested with the refresh token does not match"
                + " the client_id of the access token making the call"));
    }

    /** A refresh with a scope other than the granted one. */
    static Refusal scopeNotAsGranted() {
        return new InvalidScope(Reason.of("The scope differs from the one that was granted: leave it out"));
    }

    /** No {@code grant_type}, or an empty one. */
    static Refusal grantTypeMissing() {
        return new InvalidRequest(Reason.of("The grant_type is missing or empty"));
    }

    /** No {@code token}, or an empty one. */
    static Refusal tokenMissing() {
        return new InvalidRequest(Reason.of("The token is missing or empty"));
    }

    /** The client is not registered or not enabled. */
    static Refusal unknownClient() {
        return new UnknownClient(Reason.of("The client_id does not match a registered and enabled API integration"));
    }

    /** A client sends credentials, but clients are public here (RFC 6749 section 2.1). */
    static Refusal clientIsPublic() {
        return new UnknownClient(Reason.of(
                "Clients have no secret here: send the client_id in the form, and nothing else of the client"));
    }

    /** A resource server that is unknown or disabled, or has sent a wrong secret; only the log says which. */
    static Refusal resourceServerNotAuthenticated(Detail detail) {
        return new UnknownClient(Reason.of(
                "The resource server is not authenticated: send its id and secret by client_secret_basic or"
                        + " client_secret_post",
                detail));
    }

    /** A client tries to revoke a token of another client. */
    static Refusal tokenOfAnotherClient() {
        return new InvalidGrant(Reason.of("The token was issued to another client"));
    }

    /** No {@code scope}, or an empty one. */
    static Refusal scopeMissing() {
        return new InvalidScope(Reason.of("The scope is missing or empty"));
    }

    /** A scope that does not match the grammar. */
    static Refusal malformedScope(String hint) {
        return new InvalidScope(Reason.of("The scope is malformed", new Hint(hint)));
    }

    /** A scope wider than the integration's. */
    static Refusal scopeWiderThanIntegration() {
        return new InvalidScope(Reason.of("The scope is wider than the API integration allows"));
    }

    /** A scope wider than the caller's access rules allow. */
    static Refusal scopeWiderThanAccess() {
        return new InvalidScope(Reason.of("The scope is wider than your access to the API integration allows"));
    }

    /** The integration is not registered or not enabled; only the log says which. */
    static Refusal noSuchIntegration(Detail detail) {
        return new InvalidGrant(
                Reason.of("The client_id does not match a registered and enabled API integration", detail));
    }

    /** No access rule matches the caller. */
    static Refusal noAccess() {
        return new UnauthorizedClient(Reason.of("The user has not been given access to the API integration"));
    }

    /** A sign-in is required, but none was sent. */
    static Refusal signInRequired() {
        return new AccessDenied(Reason.of("Windows authentication is required"));
    }

    /** A sign-in has begun, and the client must answer the challenge in the response. */
    static Refusal signInContinues() {
        return new AccessDenied(Reason.of("Windows authentication goes on: answer the challenge"));
    }

    /** A sign-in was sent but is not valid. */
    static Refusal signInFailed(String why, Detail detail) {
        return new AccessDenied(Reason.of("Authentication failed: " + why, detail));
    }

    /**
     * Too many sign-ins with this name or from this address have failed. The answer does not reveal which of the two it
     * is, or whether the name exists.
     */
    static Refusal tooManyFailedSignIns(Duration retryAfter, Detail detail) {
        return new TooManyAttempts(Reason.of("Too many sign-ins have failed: wait, and try again", detail), retryAfter);
    }

    /** The sign-in is valid, but its principal maps to no identity. */
    static Refusal unhandledIdentity(Detail detail) {
        return new AccessDenied(Reason.of("Unhandled identity claim type", detail));
    }

    /** The caller is known, but may not have a grant. */
    static Refusal noGrantFor(String why) {
        return new AccessDenied(Reason.of("Failed to issue grant: " + why));
    }

    /** The sign-in was seen before (RFC 4120 section 3.2.3). */
    static Refusal replayed() {
        return signInFailed("the ticket was replayed", new Detail("its authenticator was seen before"));
    }

    /** The caller is known, but no grant can be recorded now. */
    static Refusal grantNotRecorded(String what, Detail detail) {
        return new Unavailable(Reason.of("Failed to issue grant: " + what + " unavailable", detail));
    }

    /** The call cannot be answered now. */
    static Refusal unavailable(String what, Detail detail) {
        return new Unavailable(Reason.of("The service cannot answer now: " + what + " unavailable", detail));
    }

    /** A call that arrives while this node shuts down; another node may answer it. */
    static Refusal shuttingDown() {
        return new Unavailable(Reason.of("The service cannot answer now: this node is shutting down"));
    }

    /** There are more calls than can be answered in time. */
    static Refusal overloaded() {
        return new Unavailable(Reason.of("The service is busy: try again after a moment"));
    }

    /** A bearer token that is not valid, for any reason. */
    static Refusal invalidToken() {
        return new InvalidToken(
                Reason.of("The access token provided is expired, revoked, malformed, or invalid for other reasons"));
    }
}
