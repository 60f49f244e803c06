package dev.kerbearer.rest.edge.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The rules for every {@code Authorization} header in which a bearer token is expected. */
final class AnyBearerHeader {

    private static final String TOKEN_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

    private AnyBearerHeader() {}

    static void check(byte[] latin1) {
        String header = new String(latin1, StandardCharsets.ISO_8859_1);
        Optional<String> token = BearerToken.in(List.of(header));
        assertThat(token).isEqualTo(token68(header));
        token.ifPresent(
                value -> assertThat(BearerToken.in(List.of("bearer " + value))).contains(value));
        assertThat(BearerToken.in(List.of(header, header)))
                .as("the same header twice")
                .isEmpty();
    }

    /** Reads the token by RFC 6750 section 2.1 and RFC 9110 section 11.4 again, one character at a time. */
    private static Optional<String> token68(String header) {
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        String rest = header.substring(7).replaceAll("^ +| +$", "");
        int end = 0;
        while (end < rest.length() && TOKEN_CHARACTERS.indexOf(rest.charAt(end)) >= 0) {
            end++;
        }
        boolean padded = rest.substring(end).chars().allMatch(c -> c == '=');
        return padded && end >= 1 && end <= 8192 ? Optional.of(rest) : Optional.empty();
    }
}
