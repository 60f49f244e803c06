/** Writes audit events. */
@NullMarked
package dev.kerbearer.persistence.audit;

import org.jspecify.annotations.NullMarked;
