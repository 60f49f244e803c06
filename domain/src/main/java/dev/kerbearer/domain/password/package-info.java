/** The passwords of local identities, and what is stored of them. */
@NullMarked
package dev.kerbearer.domain.password;

import org.jspecify.annotations.NullMarked;
