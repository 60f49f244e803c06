/** The result of a completed sign-in, by any method, for the rest of the service. */
@NullMarked
package dev.kerbearer.domain.signin;

import org.jspecify.annotations.NullMarked;
