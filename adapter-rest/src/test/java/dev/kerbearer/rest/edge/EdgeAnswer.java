package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

/** Reads and checks an answer of the edge, as text. */
final class EdgeAnswer {

    private EdgeAnswer() {}

    /** Asserts that the answer has the body and the headers of every refusal. */
    static void assertError(String answer, String error) {
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Pragma")).isEqualTo("no-cache");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Trace-Id")).isNotBlank();
        assertThat(answer).contains("{\"error\":\"" + error + "\",\"error_description\":\"");
    }

    /** Returns the value of a header; empty if the answer has none. */
    static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
