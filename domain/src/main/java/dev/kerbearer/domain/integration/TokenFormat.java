package dev.kerbearer.domain.integration;

import java.util.Locale;

/** What an access token looks like to its bearer. */
public enum TokenFormat {
    /** Random characters: only Kerbearer can tell what they are good for. */
    OPAQUE,
    /** A signed JWT (RFC 9068): a resource server reads it by itself, and hears of no revocation that way. */
    JWT;

    /**
     * The format as people write it, {@code opaque} or {@code jwt}.
     *
     * @throws IllegalArgumentException where it is neither
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
