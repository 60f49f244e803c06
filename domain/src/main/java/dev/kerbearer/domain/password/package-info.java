/** Passwords of the identities that Kerbearer keeps itself, and what is kept of them. */
@NullMarked
package dev.kerbearer.domain.password;

import org.jspecify.annotations.NullMarked;
