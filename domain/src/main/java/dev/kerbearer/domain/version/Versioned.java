package dev.kerbearer.domain.version;

/**
 * A stored object as it was at one version.
 *
 * @param value the object
 * @param version its version
 */
public record Versioned<T>(T value, Version version) {}
