package dev.kerbearer.domain.secret;

/** Where random bits come from; {@code new SecureRandom()::nextBytes} is one. */
@FunctionalInterface
public interface SecretSource {

    /** Fills the array with bits from a cryptographically strong generator. */
    void fill(byte[] bytes);
}
