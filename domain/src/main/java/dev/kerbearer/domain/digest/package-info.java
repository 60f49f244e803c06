/** Digests, which are stored instead of secrets. */
@NullMarked
package dev.kerbearer.domain.digest;

import org.jspecify.annotations.NullMarked;
