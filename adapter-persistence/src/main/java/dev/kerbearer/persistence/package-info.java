/**
 * The storage ports on PostgreSQL. {@link dev.kerbearer.persistence.PostgresStorage} is the way in; everything else is
 * behind its ports.
 */
@NullMarked
package dev.kerbearer.persistence;

import org.jspecify.annotations.NullMarked;
