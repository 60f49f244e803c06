/** The slowdown of password guessing over the network. Guesses by others do not lock a user out. */
@NullMarked
package dev.kerbearer.domain.guessing;

import org.jspecify.annotations.NullMarked;
