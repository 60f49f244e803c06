/** TODO. */
@NullMarked
package dev.kerbearer.persistence.embedded;

import org.jspecify.annotations.NullMarked;
