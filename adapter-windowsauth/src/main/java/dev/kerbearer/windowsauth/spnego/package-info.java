/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.spnego;

import org.jspecify.annotations.NullMarked;
