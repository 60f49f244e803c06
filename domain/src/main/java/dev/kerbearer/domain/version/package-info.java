/** The versions of stored rules, by which a change after a decision is noticed. */
@NullMarked
package dev.kerbearer.domain.version;

import org.jspecify.annotations.NullMarked;
