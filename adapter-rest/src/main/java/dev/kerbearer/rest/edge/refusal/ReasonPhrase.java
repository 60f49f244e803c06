package dev.kerbearer.rest.edge.refusal;

import io.vertx.core.http.HttpServerResponse;

/**
 * The text beside the status on HTTP/1.1, which several clients show and nothing else. Quarkus REST drops the phrase of
 * a {@code Response}, so it is set where Vert.x takes it.
 */
public final class ReasonPhrase {

    private ReasonPhrase() {}

    /** Sets it, stripped of all but printable ASCII, so that nothing in it can end the line. */
    public static void set(HttpServerResponse response, String phrase) {
        response.setStatusMessage(printable(phrase));
    }

    static String printable(String phrase) {
        return phrase.codePoints()
                .filter(c -> c >= ' ' && c <= '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
