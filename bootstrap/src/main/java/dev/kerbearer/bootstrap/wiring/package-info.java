/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
