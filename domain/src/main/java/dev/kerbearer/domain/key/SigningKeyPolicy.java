package dev.kerbearer.domain.key;

import java.time.Duration;

/**
 * When signing keys come and go.
 *
 * @param rotation how long a key signs
 * @param overlap how long a key is published before it signs, and after the last token that it signed has expired
 * @param longestToken how long such a token is good for at most
 */
public record SigningKeyPolicy(Duration rotation, Duration overlap, Duration longestToken) {

    /** Nodes look for new keys once a minute, and a look can fail; others may keep what was published for a quarter. */
    private static final Duration LEAST_OVERLAP = Duration.ofMinutes(5);

    /**
     * @throws IllegalArgumentException where a key could sign before everybody knows it; begins with what is wrong
     */
    public SigningKeyPolicy {
        if (overlap.compareTo(LEAST_OVERLAP) < 0) {
            throw new IllegalArgumentException("overlap is to be " + LEAST_OVERLAP + " at least, not " + overlap);
        }
        if (rotation.compareTo(overlap) <= 0) {
            throw new IllegalArgumentException("rotation is to be longer than overlap, not " + rotation);
        }
    }
}
