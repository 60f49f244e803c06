/** Runs SQL statements and transactions, and translates database errors. */
@NullMarked
package dev.kerbearer.persistence.sql;

import org.jspecify.annotations.NullMarked;
