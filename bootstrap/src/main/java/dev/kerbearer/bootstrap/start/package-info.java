/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.start;

import org.jspecify.annotations.NullMarked;
