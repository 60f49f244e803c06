/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.der;

import org.jspecify.annotations.NullMarked;
