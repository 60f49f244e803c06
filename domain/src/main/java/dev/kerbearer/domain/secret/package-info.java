/** The source of secrets. */
@NullMarked
package dev.kerbearer.domain.secret;

import org.jspecify.annotations.NullMarked;
