package dev.kerbearer.domain.refusal;

import java.time.Duration;
import java.util.Optional;

/**
 * A refusal, as a value: which of the OAuth 2.0 error codes (RFC 6749 section 5.2, RFC 6750 section 3.1) and why. The
 * kinds are the rows of the tables in {@code docs/wire.md}; the factory methods are the catalogue of everything that is
 * ever said. Which HTTP status a kind has is chosen once, where HTTP is spoken.
 */
public sealed interface Refusal {

    /** Why. */
    Reason reason();

    /** The value of {@code error} in the answer. */
    String code();

    /** The value of {@code error_description}: tells the caller how to mend the request. */
    default String description() {
        return reason().description();
    }

    /** What only the log may be told. */
    default Optional<Detail> detail() {
        return reason().detail();
    }

    /** The refusal as an exception, for decisions that have changed nothing. */
    default RefusedException asException() {
        return new RefusedException(this);
    }

    /** The request is malformed, or lacks what it must have. */
    record InvalidRequest(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The request's body is longer than is read. */
    record TooLarge(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The request did not come to its end in time (RFC 9110 section 15.5.9). */
    record NotWhole(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** The request's body is of a type that is not read. */
    record UnsupportedType(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** This sign-in method is switched off. */
    record InvalidClient(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_client";
        }
    }

    /** Who asks is not known, or did not show that he is who he says (RFC 6749 section 5.2). */
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

    /** No registered and enabled integration, or a grant that is no more. */
    record InvalidGrant(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "invalid_grant";
        }
    }

    /** The kind of grant is not one that this call gives (RFC 6749 section 5.2). */
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

    /** The caller is not signed in, or signed in as nobody who may have a grant. */
    record AccessDenied(Reason reason) implements Refusal {
        @Override
        public String code() {
            return "access_denied";
        }
    }

    /**
     * The caller has to wait before he is heard again (RFC 6585 section 4).
     *
     * @param retryAfter how long
     */
    record TooManyAttempts(Reason reason, Duration retryAfter) implements Refusal {
        @Override
        public String code() {
            return "access_denied";
        }
    }

    /** The bearer token is not good (RFC 6750 section 3.1). */
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

    /** A fault of Kerbearer's own. */
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

    /** A content type that no call takes. */
    static Refusal unsupportedContentType() {
        return new UnsupportedType(
                Reason.of("The Content-Type must be application/json or application/x-www-form-urlencoded"));
    }

    /** A content type that a call of the OAuth standards does not take. */
    static Refusal formRequired() {
        return new UnsupportedType(Reason.of("The Content-Type must be application/x-www-form-urlencoded"));
    }

    /** A token would travel in the clear. */
    static Refusal insecureTransport() {
        return new InvalidRequest(Reason.of(
                "Tokens are not answered over plain HTTP: use https, or let the operator set kerbearer.insecure-http"));
    }

    /** A fault of Kerbearer's own, in a sign-in call; the log has it under the trace id. */
    static Refusal internalError(Detail detail) {
        return new InvalidRequest(Reason.of("An internal error occurred", detail));
    }

    /** A fault of Kerbearer's own, in any other call. */
    static Refusal fault(Detail detail) {
        return new Fault(Reason.of("An internal error occurred", detail));
    }

    /** A path or method that is no call of the contract, or something else that HTTP itself refuses. */
    static Refusal noSuchCall(String why) {
        return new InvalidRequest(Reason.of(why));
    }

    /** Integrated sign-in is switched off in the settings. */
    static Refusal integratedSignInDisabled() {
        return new InvalidClient(Reason.of("Windows integrated authentication is disabled"));
    }

    /** No {@code refresh_token}, or an empty one. */
    static Refusal refreshTokenMissing() {
        return new InvalidRequest(Reason.of("The refresh_token is missing or empty"));
    }

    /** A {@code grant_type} that this call does not know. */
    static Refusal unsupportedGrantType() {
        return new UnsupportedGrantType(Reason.of("The grant_type is not supported: use refresh_token"));
    }

    /** A refresh token that is good for nothing, for whatever reason; which, is for the log. */
    static Refusal invalidRefreshToken(Detail detail) {
        return new InvalidGrant(
                Reason.of("Grant has been revoked, has expired, or the refresh token is invalid", detail));
    }

    /** A refresh token of another client. */
    static Refusal refreshTokenOfAnotherClient() {
        return new InvalidGrant(Reason.of("The client_id value being requested with the refresh token does not match"
                + " the client_id of the access token making the call"));
    }

    /** A refresh for another scope than the one that was granted. */
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

    /** The client isn't registered, or not enabled. */
    static Refusal unknownClient() {
        return new UnknownClient(Reason.of("The client_id does not match a registered and enabled API integration"));
    }

    /** A client tries to authenticate itself where clients are public (RFC 6749 section 2.1). */
    static Refusal clientIsPublic() {
        return new UnknownClient(Reason.of(
                "Clients have no secret here: send the client_id in the form, and nothing else of the client"));
    }

    /** A resource server that is unknown, disabled, or has another secret; which of them is for the log. */
    static Refusal resourceServerNotAuthenticated(Detail detail) {
        return new UnknownClient(Reason.of(
                "The resource server is not authenticated: send its id and secret by client_secret_basic or"
                        + " client_secret_post",
                detail));
    }

    /** A token of another client is to be revoked. */
    static Refusal tokenOfAnotherClient() {
        return new InvalidGrant(Reason.of("The token was issued to another client"));
    }

    /** No {@code scope}, or an empty one. */
    static Refusal scopeMissing() {
        return new InvalidScope(Reason.of("The scope is missing or empty"));
    }

    /** A scope that is not of the grammar. */
    static Refusal malformedScope(String hint) {
        return new InvalidScope(Reason.of("The scope is malformed", new Hint(hint)));
    }

    /** A scope wider than the integration's. */
    static Refusal scopeWiderThanIntegration() {
        return new InvalidScope(Reason.of("The scope is wider than the API integration allows"));
    }

    /** A scope wider than the rules allow that give this caller access. */
    static Refusal scopeWiderThanAccess() {
        return new InvalidScope(Reason.of("The scope is wider than your access to the API integration allows"));
    }

    /** The integration isn't registered, or not enabled; which of the two is for the log. */
    static Refusal noSuchIntegration(Detail detail) {
        return new InvalidGrant(
                Reason.of("The client_id does not match a registered and enabled API integration", detail));
    }

    /** No access rule matches the caller. */
    static Refusal noAccess() {
        return new UnauthorizedClient(Reason.of("The user has not been given access to the API integration"));
    }

    /** A sign-in is needed, and none was sent. */
    static Refusal signInRequired() {
        return new AccessDenied(Reason.of("Windows authentication is required"));
    }

    /** A sign-in was begun, and the client is to answer the challenge that goes back. */
    static Refusal signInContinues() {
        return new AccessDenied(Reason.of("Windows authentication goes on: answer the challenge"));
    }

    /** A sign-in was sent and is not good. */
    static Refusal signInFailed(String why, Detail detail) {
        return new AccessDenied(Reason.of("Authentication failed: " + why, detail));
    }

    /** Too many sign-ins with this name, or from this address, have failed. Says neither which, nor whether there is such a name. */
    static Refusal tooManyFailedSignIns(Duration retryAfter, Detail detail) {
        return new TooManyAttempts(Reason.of("Too many sign-ins have failed: wait, and try again", detail), retryAfter);
    }

    /** The sign-in is good, but its principal maps to no identity. */
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

    /** A call that comes when this node is about to end; another one may answer it. */
    static Refusal shuttingDown() {
        return new Unavailable(Reason.of("The service cannot answer now: this node is shutting down"));
    }

    /** More calls than can be answered in good time. */
    static Refusal overloaded() {
        return new Unavailable(Reason.of("The service is busy: try again after a moment"));
    }

    /** A bearer token that is not good, for whatever reason. */
    static Refusal invalidToken() {
        return new InvalidToken(
                Reason.of("The access token provided is expired, revoked, malformed, or invalid for other reasons"));
    }
}
