/**
 * The use cases of a sign-in: recognises the caller, records refusals, slows down password guessing, and creates the
 * grant.
 */
@NullMarked
package dev.kerbearer.application.signin;

import org.jspecify.annotations.NullMarked;
