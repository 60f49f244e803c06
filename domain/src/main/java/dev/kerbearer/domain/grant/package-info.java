/** The right of one identity, through one integration, with one scope, for a limited time, and its tokens. */
@NullMarked
package dev.kerbearer.domain.grant;

import org.jspecify.annotations.NullMarked;
