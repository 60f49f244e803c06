/** The slowdown of password guessing over the network, without locking users out because of others' guesses. */
@NullMarked
package dev.kerbearer.domain.guessing;

import org.jspecify.annotations.NullMarked;
