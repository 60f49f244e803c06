/** Writes audit lines, each in the same statement as the change that it records. */
@NullMarked
package dev.kerbearer.persistence.audit;

import org.jspecify.annotations.NullMarked;
