/** Windows sign-in: recognition of callers, records of refused sign-ins, and slowdown of password guessing. */
@NullMarked
package dev.kerbearer.application.signin;

import org.jspecify.annotations.NullMarked;
