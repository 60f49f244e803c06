/** TODO. */
@NullMarked
package dev.kerbearer.persistence.key;

import org.jspecify.annotations.NullMarked;
