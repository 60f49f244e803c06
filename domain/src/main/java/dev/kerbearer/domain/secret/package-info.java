/** Where secrets come from. */
@NullMarked
package dev.kerbearer.domain.secret;

import org.jspecify.annotations.NullMarked;
