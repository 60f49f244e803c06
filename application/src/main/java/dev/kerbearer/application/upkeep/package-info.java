/** TODO. */
@NullMarked
package dev.kerbearer.application.upkeep;

import org.jspecify.annotations.NullMarked;
