package dev.kerbearer.domain.secret;

/** A source of random bits, for example {@code new SecureRandom()::nextBytes}. */
@FunctionalInterface
public interface SecretSource {

    /** Fills the array with bits from a cryptographically strong generator. */
    void fill(byte[] bytes);
}
