/** Accepts Kerberos tickets with the keys of keytabs, and decides which of them are good (RFC 4120, RFC 4121). */
@NullMarked
package dev.kerbearer.windowsauth.kerberos;

import org.jspecify.annotations.NullMarked;
