/** TODO. */
@NullMarked
package dev.kerbearer.application.signin;

import org.jspecify.annotations.NullMarked;
