package dev.kerbearer.rest.edge.refusal;

import io.vertx.core.http.HttpServerResponse;

/**
 * The reason phrase beside the status on HTTP/1.1; several clients show nothing else. Quarkus REST drops the phrase of
 * a {@code Response}, so it is set on the Vert.x response.
 */
public final class ReasonPhrase {

    private ReasonPhrase() {}

    /** Sets the phrase, reduced to printable ASCII, so that nothing in it can end the line. */
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
