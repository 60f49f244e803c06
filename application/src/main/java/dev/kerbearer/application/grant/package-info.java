/** TODO. */
@NullMarked
package dev.kerbearer.application.grant;

import org.jspecify.annotations.NullMarked;
