/** The passwords of local identities, and their stored hashes. */
@NullMarked
package dev.kerbearer.domain.password;

import org.jspecify.annotations.NullMarked;
