/** TODO. */
@NullMarked
package dev.kerbearer.persistence.identity;

import org.jspecify.annotations.NullMarked;
