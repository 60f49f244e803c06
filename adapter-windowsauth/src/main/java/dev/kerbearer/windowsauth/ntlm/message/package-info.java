/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.ntlm.message;

import org.jspecify.annotations.NullMarked;
