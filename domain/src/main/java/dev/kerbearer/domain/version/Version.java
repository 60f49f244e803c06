package dev.kerbearer.domain.version;

/**
 * The version of a stored integration or identity. Each change gives it a new version, which nothing else has ever had.
 *
 * @param value the number; it has no meaning other than being the same or not
 */
public record Version(long value) {}
