package dev.kerbearer.domain.integration;

import java.util.Locale;

/** The format of an access token. */
public enum TokenFormat {
    /** Random characters: only Kerbearer can verify the token. */
    OPAQUE,
    /** A signed JWT (RFC 9068): a resource server can verify it offline, but then does not learn of a revocation. */
    JWT;

    /**
     * Parses a format as people write it, {@code opaque} or {@code jwt}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static TokenFormat parse(String written) {
        return switch (written) {
            case "opaque" -> OPAQUE;
            case "jwt" -> JWT;
            default -> throw new IllegalArgumentException("a token format is opaque or jwt, not " + written);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
