/** TODO. */
@NullMarked
package dev.kerbearer.persistence.sql;

import org.jspecify.annotations.NullMarked;
