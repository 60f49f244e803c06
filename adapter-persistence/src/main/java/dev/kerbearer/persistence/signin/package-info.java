/** TODO. */
@NullMarked
package dev.kerbearer.persistence.signin;

import org.jspecify.annotations.NullMarked;
