/** Stores grants and their refresh tokens. */
@NullMarked
package dev.kerbearer.persistence.grant;

import org.jspecify.annotations.NullMarked;
