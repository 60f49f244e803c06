/** Digests: what is kept of a secret instead of the secret. */
@NullMarked
package dev.kerbearer.domain.digest;

import org.jspecify.annotations.NullMarked;
