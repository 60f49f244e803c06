/** Runs and supervises the embedded PostgreSQL of a single machine. */
@NullMarked
package dev.kerbearer.persistence.embedded;

import org.jspecify.annotations.NullMarked;
