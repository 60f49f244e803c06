/** Reads and writes the tokens of SPNEGO, which negotiates the mechanism (RFC 4178). */
@NullMarked
package dev.kerbearer.windowsauth.spnego;

import org.jspecify.annotations.NullMarked;
