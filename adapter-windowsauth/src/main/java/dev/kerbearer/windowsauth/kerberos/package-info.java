/** Accepts Kerberos tickets with the keys of keytabs, and rejects tickets that fail a check (RFC 4120, RFC 4121). */
@NullMarked
package dev.kerbearer.windowsauth.kerberos;

import org.jspecify.annotations.NullMarked;
