/** What a completed Windows sign-in leaves behind for the rest of the service. */
@NullMarked
package dev.kerbearer.domain.signin;

import org.jspecify.annotations.NullMarked;
