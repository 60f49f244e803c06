/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.health;

import org.jspecify.annotations.NullMarked;
