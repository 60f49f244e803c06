/** Access to PostgreSQL for the other packages: statements, transactions, time limits, credentials and errors. */
@NullMarked
package dev.kerbearer.persistence.sql;

import org.jspecify.annotations.NullMarked;
