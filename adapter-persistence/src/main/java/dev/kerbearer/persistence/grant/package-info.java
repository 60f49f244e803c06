/** TODO. */
@NullMarked
package dev.kerbearer.persistence.grant;

import org.jspecify.annotations.NullMarked;
