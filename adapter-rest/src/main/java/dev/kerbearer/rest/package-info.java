/**
 * The wire contract (docs/wire.md) and the OAuth standards beside it (docs/oauth2.md) over HTTP: one
 * resource a call, one record an answer, and one place each for reading bodies and answering refusals.
 */
@NullMarked
package dev.kerbearer.rest;

import org.jspecify.annotations.NullMarked;
