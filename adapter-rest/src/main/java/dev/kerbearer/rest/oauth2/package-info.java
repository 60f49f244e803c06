/**
 * The calls of the OAuth standards: token (RFC 6749), introspection (RFC 7662), revocation (RFC 7009), metadata (RFC
 * 8414) and keys (RFC 7517).
 */
@NullMarked
package dev.kerbearer.rest.oauth2;

import org.jspecify.annotations.NullMarked;
