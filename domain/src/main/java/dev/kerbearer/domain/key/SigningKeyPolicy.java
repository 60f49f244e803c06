package dev.kerbearer.domain.key;

import java.time.Duration;

/**
 * The schedule for the rotation of signing keys.
 *
 * @param rotation how long a key signs
 * @param overlap how long a key is published before it signs, and after the last token that it signed has expired
 * @param longestToken the longest lifetime of such a token
 */
public record SigningKeyPolicy(Duration rotation, Duration overlap, Duration longestToken) {

    /**
     * The lower limit of the overlap. Nodes look for new keys once a minute, and a lookup can fail. Clients may cache
     * published keys for a quarter of the overlap.
     */
    private static final Duration LEAST_OVERLAP = Duration.ofMinutes(5);

    /**
     * @throws IllegalArgumentException if a key could sign before every client knows it; the message begins with the
     *     name of the wrong setting
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
