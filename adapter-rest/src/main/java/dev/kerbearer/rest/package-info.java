/**
 * Serves the wire contract (docs/wire.md) and the OAuth standards (docs/oauth2.md) over HTTP. Each call has one
 * resource and each answer one record. Bodies are read in one place, and refusals are answered in one place.
 */
@NullMarked
package dev.kerbearer.rest;

import org.jspecify.annotations.NullMarked;
