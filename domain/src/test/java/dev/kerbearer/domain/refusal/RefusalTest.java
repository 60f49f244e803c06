package dev.kerbearer.domain.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    private static final Detail DETAIL = new Detail("for the log");

    private static Arguments said(Supplier<Refusal> refusal, String code, String description) {
        return arguments(refusal, code, description);
    }

    /** Every refusal with its code and description; clients match on some of them. */
    static Stream<Arguments> catalogue() {
        return Stream.of(
                said(() -> Refusal.clientIdMissing(), "invalid_request", "The client_id is missing or empty"),
                said(() -> Refusal.malformedRequest("why"), "invalid_request", "The request is malformed: why"),
                said(
                        () -> Refusal.bodyTooLarge(65536),
                        "invalid_request",
                        "The request body is longer than 65536 bytes"),
                said(
                        () -> Refusal.requestIncomplete(),
                        "invalid_request",
                        "The request did not arrive as a whole in time: send it again"),
                said(
                        () -> Refusal.unsupportedContentType(),
                        "invalid_request",
                        "The Content-Type must be application/json or application/x-www-form-urlencoded"),
                said(
                        () -> Refusal.insecureTransport(),
                        "invalid_request",
                        "Tokens are not answered over plain HTTP: use https, or let the operator set"
                                + " kerbearer.insecure-http"),
                said(() -> Refusal.internalError(DETAIL), "invalid_request", "An internal error occurred"),
                said(() -> Refusal.fault(DETAIL), "server_error", "An internal error occurred"),
                said(() -> Refusal.noSuchCall("Not Found"), "invalid_request", "Not Found"),
                said(
                        () -> Refusal.integratedSignInDisabled(),
                        "invalid_client",
                        "Windows integrated authentication is disabled"),
                said(() -> Refusal.scopeMissing(), "invalid_scope", "The scope is missing or empty"),
                said(() -> Refusal.malformedScope("why"), "invalid_scope", "The scope is malformed: why"),
                said(
                        () -> Refusal.scopeWiderThanIntegration(),
                        "invalid_scope",
                        "The scope is wider than the API integration allows"),
                said(
                        () -> Refusal.scopeWiderThanAccess(),
                        "invalid_scope",
                        "The scope is wider than your access to the API integration allows"),
                said(
                        () -> Refusal.noSuchIntegration(DETAIL),
                        "invalid_grant",
                        "The client_id does not match a registered and enabled API integration"),
                said(
                        () -> Refusal.noAccess(),
                        "unauthorized_client",
                        "The user has not been given access to the API integration"),
                said(() -> Refusal.signInRequired(), "access_denied", "Windows authentication is required"),
                said(
                        () -> Refusal.signInContinues(),
                        "access_denied",
                        "Windows authentication goes on: answer the challenge"),
                said(() -> Refusal.signInFailed("why", DETAIL), "access_denied", "Authentication failed: why"),
                said(
                        () -> Refusal.tooManyFailedSignIns(Duration.ofSeconds(5), DETAIL),
                        "access_denied",
                        "Too many sign-ins have failed: wait, and try again"),
                said(() -> Refusal.unhandledIdentity(DETAIL), "access_denied", "Unhandled identity claim type"),
                said(() -> Refusal.noGrantFor("why"), "access_denied", "Failed to issue grant: why"),
                said(() -> Refusal.replayed(), "access_denied", "Authentication failed: the ticket was replayed"),
                said(
                        () -> Refusal.grantNotRecorded("storage", new IllegalStateException("away")),
                        "server_error",
                        "Failed to issue grant: storage unavailable"),
                said(
                        () -> Refusal.unavailable("storage", DETAIL),
                        "server_error",
                        "The service cannot answer now: storage unavailable"),
                said(() -> Refusal.refreshTokenMissing(), "invalid_request", "The refresh_token is missing or empty"),
                said(
                        () -> Refusal.unsupportedGrantType(),
                        "unsupported_grant_type",
                        "The grant_type is not supported: use refresh_token"),
                said(
                        () -> Refusal.invalidRefreshToken(DETAIL),
                        "invalid_grant",
                        "Grant has been revoked, has expired, or the refresh token is invalid"),
                said(
                        () -> Refusal.refreshTokenOfAnotherClient(DETAIL),
                        "invalid_grant",
                        "The client_id value being requested with the refresh token does not match the client_id of"
                                + " the access token making the call"),
                said(
                        () -> Refusal.formRequired(),
                        "invalid_request",
                        "The Content-Type must be application/x-www-form-urlencoded"),
                said(
                        () -> Refusal.scopeNotAsGranted(),
                        "invalid_scope",
                        "The scope differs from the one that was granted: leave it out"),
                said(() -> Refusal.grantTypeMissing(), "invalid_request", "The grant_type is missing or empty"),
                said(() -> Refusal.tokenMissing(), "invalid_request", "The token is missing or empty"),
                said(
                        () -> Refusal.unknownClient(),
                        "invalid_client",
                        "The client_id does not match a registered and enabled API integration"),
                said(
                        () -> Refusal.clientIsPublic(),
                        "invalid_client",
                        "Clients have no secret here: send the client_id in the form, and nothing else of the client"),
                said(
                        () -> Refusal.resourceServerNotAuthenticated(DETAIL),
                        "invalid_client",
                        "The resource server is not authenticated: send its id and secret by client_secret_basic or"
                                + " client_secret_post"),
                said(
                        () -> Refusal.tokenOfAnotherClient(DETAIL),
                        "invalid_grant",
                        "The token was issued to another client"),
                said(
                        () -> Refusal.shuttingDown(),
                        "server_error",
                        "The service cannot answer now: this node is shutting down"),
                said(() -> Refusal.overloaded(), "server_error", "The service is busy: try again after a moment"),
                said(
                        () -> Refusal.invalidToken(),
                        "invalid_token",
                        "The access token provided is expired, revoked, malformed, or invalid for other reasons"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("catalogue")
    void aRefusalHasItsCodeAndDescription(Supplier<Refusal> factory, String code, String description) {
        Refusal refusal = factory.get();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.description()).isEqualTo(description);
        assertThat(refusal.asException()).hasMessage(description);
        assertThat(refusal.asException().refusal()).isEqualTo(refusal);
    }

    @Test
    void theCatalogueIsComplete() {
        long factories = Arrays.stream(Refusal.class.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .distinct()
                .count();
        assertThat(catalogue()).hasSize((int) factories);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasACode(Kind kind) {
        assertThat(kind.code()).matches("[a-z]+(_[a-z]+)*");
    }

    @Test
    void everyKindIsInTheCatalogue() {
        assertThat(catalogue())
                .extracting(said -> (Supplier<?>) said.get()[0])
                .extracting(factory -> ((Refusal) factory.get()).kind())
                .contains(Kind.values());
    }

    /** Otherwise metrics would have a series that always stays 0. */
    @Test
    void everyCauseIsInTheCatalogue() {
        assertThat(catalogue())
                .extracting(said -> (Supplier<?>) said.get()[0])
                .extracting(factory -> ((Refusal) factory.get()).cause())
                .contains(Cause.values());
    }

    @Test
    void aRefusalNamesThePartiesOfTheNearestDecision() {
        RefusedException refused = Refusal.noAccess()
                .asException()
                .concerning(Parties.user("alice"))
                .concerning(new Parties(Optional.of("bob"), Optional.of("backup")));
        assertThat(refused.parties()).isEqualTo(new Parties(Optional.of("alice"), Optional.of("backup")));
        assertThat(refused.refusal()).isEqualTo(Refusal.noAccess());
    }

    @ParameterizedTest
    @EnumSource
    void onlyARefusalOfTooManyAttemptsHasAWait(Kind kind) {
        boolean mustWait = kind == Kind.TOO_MANY_ATTEMPTS;
        Reason reason = Reason.of(Cause.SIGN_IN_FAILED, "why");
        Optional<Duration> right = Optional.of(Duration.ofSeconds(5)).filter(wait -> mustWait);
        Optional<Duration> wrong = Optional.of(Duration.ofSeconds(5)).filter(wait -> !mustWait);
        assertThat(new Refusal(kind, reason, right).retryAfter()).isEqualTo(right);
        assertThatIllegalArgumentException().isThrownBy(() -> new Refusal(kind, reason, wrong));
    }

    @Test
    void aDetailIsForTheLogOnly() {
        Refusal refusal = Refusal.signInFailed("why", DETAIL);
        assertThat(refusal.detail()).contains(DETAIL);
        assertThat(refusal.description()).doesNotContain(DETAIL.text());
        assertThat(refusal.asException()).hasMessageNotContaining(DETAIL.text());
        assertThat(Refusal.malformedScope("why").detail()).isEmpty();
    }

    @Test
    void aRefusalHasNoStackTrace() {
        assertThat(Refusal.noAccess().asException().getStackTrace()).isEmpty();
    }
}
