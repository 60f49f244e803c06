/** Starts, supervises and stops the embedded PostgreSQL. */
@NullMarked
package dev.kerbearer.persistence.embedded;

import org.jspecify.annotations.NullMarked;
