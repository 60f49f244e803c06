package dev.kerbearer.domain.port;

import dev.kerbearer.domain.grant.TokenSecret;

/** Where random bits come from; {@code new SecureRandom()::nextBytes} is one. */
@FunctionalInterface
public interface SecretSource {

    /** Fills the array with bits from a cryptographically strong generator. */
    void fill(byte[] bytes);

    /** A fresh secret of a token. */
    default TokenSecret next() {
        byte[] bytes = new byte[TokenSecret.LENGTH];
        fill(bytes);
        return TokenSecret.of(bytes);
    }
}
