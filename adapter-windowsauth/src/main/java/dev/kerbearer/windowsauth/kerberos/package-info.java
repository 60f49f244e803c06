/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.kerberos;

import org.jspecify.annotations.NullMarked;
