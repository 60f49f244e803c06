/**
 * Implements the storage ports on PostgreSQL. {@link dev.kerbearer.persistence.PostgresStorage} is the entry point.
 * Everything else is used only through the ports.
 */
@NullMarked
package dev.kerbearer.persistence;

import org.jspecify.annotations.NullMarked;
