/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.kerberos.ticket;

import org.jspecify.annotations.NullMarked;
