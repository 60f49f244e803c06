/** Tokens as JWT (RFC 9068): codec, signing keys and issuer. */
@NullMarked
package dev.kerbearer.rest.token;

import org.jspecify.annotations.NullMarked;
