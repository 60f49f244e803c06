/** Stores grants and their refresh tokens, and ends grants. */
@NullMarked
package dev.kerbearer.persistence.grant;

import org.jspecify.annotations.NullMarked;
