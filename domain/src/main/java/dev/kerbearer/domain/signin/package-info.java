/** The result of a completed Windows sign-in, for the rest of the service. */
@NullMarked
package dev.kerbearer.domain.signin;

import org.jspecify.annotations.NullMarked;
