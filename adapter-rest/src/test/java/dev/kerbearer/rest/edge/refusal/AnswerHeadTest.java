package dev.kerbearer.rest.edge.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.refusal.Cause;
import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.Reason;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client reads before the body of a refusal. */
class AnswerHeadTest {

    @ParameterizedTest
    @EnumSource
    void everyKindHasAStatusOfAnError(Kind kind) {
        assertThat(headOf(kind).status()).isBetween(400, 599);
        assertThat(headOf(kind).inSignIn().status()).isBetween(400, 599);
    }

    /** The third column is the status in a sign-in call. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            INVALID_REQUEST,        400, 400
            INVALID_CLIENT,         400, 400
            INVALID_SCOPE,          400, 400
            INVALID_GRANT,          400, 400
            UNSUPPORTED_GRANT_TYPE, 400, 400
            UNAUTHORIZED_CLIENT,    400, 400
            ACCESS_DENIED,          401, 401
            UNKNOWN_CLIENT,         401, 401
            INVALID_TOKEN,          401, 401
            INCOMPLETE,             408, 408
            TOO_LARGE,              413, 413
            UNSUPPORTED_TYPE,       415, 415
            TOO_MANY_ATTEMPTS,      429, 429
            FAULT,                  500, 500
            UNAVAILABLE,            503, 401
            """)
    void aKindHasItsStatus(Kind kind, int status, int inSignIn) {
        assertThat(headOf(kind).status()).isEqualTo(status);
        assertThat(headOf(kind).inSignIn().status()).isEqualTo(inSignIn);
    }

    @ParameterizedTest
    @EnumSource
    void theReasonPhraseIsTheDescriptionExceptOfABearerTokenThatIsNotValid(Kind kind) {
        assertThat(headOf(kind).phrase()).isEqualTo(kind == Kind.INVALID_TOKEN ? "Unauthorized" : "why");
    }

    @ParameterizedTest
    @EnumSource
    void aChallengeOrAWaitComesWithItsKind(Kind kind) {
        Map<Kind, Map<String, String>> headers = Map.of(
                Kind.UNKNOWN_CLIENT, Map.of("WWW-Authenticate", "Basic realm=\"Kerbearer\""),
                Kind.INVALID_TOKEN, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""),
                Kind.TOO_MANY_ATTEMPTS, Map.of("Retry-After", "7"),
                Kind.UNAVAILABLE, Map.of("Retry-After", "5"));
        assertThat(headOf(kind).headers()).isEqualTo(headers.getOrDefault(kind, Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void aSignInStartsAgainOnlyIfTheNextOneMaySucceed(Kind kind) {
        assertThat(headOf(kind).restartsSignIn()).isEqualTo(kind == Kind.ACCESS_DENIED || kind == Kind.UNAVAILABLE);
    }

    @Test
    void aStatusThatTheFrameworkChoseChangesNothingElse() {
        AnswerHead head = headOf(Kind.INVALID_REQUEST);
        assertThat(head.withStatus(404)).isEqualTo(new AnswerHead(404, head.phrase(), head.headers(), false));
    }

    private static AnswerHead headOf(Kind kind) {
        Reason reason = new Reason(Cause.NO_SUCH_CALL, "why", Optional.empty(), Optional.empty());
        Optional<Duration> wait = Optional.of(Duration.ofMillis(6001)).filter(any -> kind == Kind.TOO_MANY_ATTEMPTS);
        return AnswerHead.of(new Refusal(kind, reason, wait));
    }
}
