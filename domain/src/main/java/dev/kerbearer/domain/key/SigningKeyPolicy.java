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

    /**
     * @throws IllegalArgumentException where a key would be replaced before it could be published
     */
    public SigningKeyPolicy {
        if (overlap.isNegative() || overlap.isZero() || rotation.compareTo(overlap) <= 0) {
            throw new IllegalArgumentException("signing keys need an overlap, and a rotation that is longer than it");
        }
    }
}
