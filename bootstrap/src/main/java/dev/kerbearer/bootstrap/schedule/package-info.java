/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.schedule;

import org.jspecify.annotations.NullMarked;
