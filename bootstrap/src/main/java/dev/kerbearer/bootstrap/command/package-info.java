/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.command;

import org.jspecify.annotations.NullMarked;
