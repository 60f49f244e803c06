package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Map;

/**
 * The head of the answer to a refusal. It is chosen by the kind of the refusal, here and nowhere else.
 *
 * @param status the status code
 * @param phrase the reason phrase
 * @param headers the headers that the kind requires: a challenge or a wait
 * @param restartsSignIn whether a sign-in that is refused like this must start again with a challenge
 */
record AnswerHead(int status, String phrase, Map<String, String> headers, boolean restartsSignIn) {

    /** A widely used client renews its token only if the status line is exactly {@code 401 Unauthorized}. */
    private static final String UNAUTHORIZED = HttpResponseStatus.UNAUTHORIZED.reasonPhrase();

    /** Long enough for a database to recover, short enough for a person to wait. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private AnswerHead(int status, String phrase) {
        this(status, phrase, Map.of(), false);
    }

    static AnswerHead of(Refusal refusal) {
        String phrase = refusal.description();
        return switch (refusal.kind()) {
            case INVALID_REQUEST,
                    INVALID_CLIENT,
                    INVALID_SCOPE,
                    INVALID_GRANT,
                    UNSUPPORTED_GRANT_TYPE,
                    UNAUTHORIZED_CLIENT -> new AnswerHead(400, phrase);
            case ACCESS_DENIED -> new AnswerHead(401, phrase, Map.of(), true);
            case UNKNOWN_CLIENT -> new AnswerHead(401, phrase, challenge("Basic realm=\"Kerbearer\""), false);
            case INVALID_TOKEN -> new AnswerHead(401, UNAUTHORIZED, challenge("Bearer error=\"invalid_token\""), false);
            case INCOMPLETE -> new AnswerHead(408, phrase);
            case TOO_LARGE -> new AnswerHead(413, phrase);
            case UNSUPPORTED_TYPE -> new AnswerHead(415, phrase);
            case TOO_MANY_ATTEMPTS ->
                new AnswerHead(429, phrase, retryAfter(refusal.retryAfter().orElseThrow()), false);
            case FAULT -> new AnswerHead(500, phrase);
            case UNAVAILABLE -> new AnswerHead(503, phrase, retryAfter(RECOVERY), true);
        };
    }

    /** Returns the head of the answer to a sign-in call. Only a 401 makes a client start the sign-in again. */
    AnswerHead inSignIn() {
        return restartsSignIn ? withStatus(401) : this;
    }

    AnswerHead withStatus(int other) {
        return new AnswerHead(other, phrase, headers, restartsSignIn);
    }

    private static Map<String, String> challenge(String challenge) {
        return Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }

    /** Rounds up, so that a client that waits this long has waited long enough. */
    private static Map<String, String> retryAfter(Duration wait) {
        return Map.of(
                HttpHeaders.RETRY_AFTER, String.valueOf(wait.plusMillis(999).toSeconds()));
    }
}
