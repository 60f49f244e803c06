/** Stores answered sign-ins, failed sign-ins, and the addresses from which names sign in. */
@NullMarked
package dev.kerbearer.persistence.signin;

import org.jspecify.annotations.NullMarked;
