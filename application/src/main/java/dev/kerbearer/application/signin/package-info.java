/** Windows sign-in: recognition of callers, issue of grants, refusals, and slowdown of password guessing. */
@NullMarked
package dev.kerbearer.application.signin;

import org.jspecify.annotations.NullMarked;
