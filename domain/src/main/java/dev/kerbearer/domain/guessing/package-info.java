/** How guessing passwords over the network is slowed down, and nobody is locked out by the guesses of others. */
@NullMarked
package dev.kerbearer.domain.guessing;

import org.jspecify.annotations.NullMarked;
