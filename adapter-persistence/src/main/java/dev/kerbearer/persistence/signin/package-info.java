/** Stores answered and failed sign-ins. */
@NullMarked
package dev.kerbearer.persistence.signin;

import org.jspecify.annotations.NullMarked;
