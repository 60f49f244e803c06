/** Reads and writes DER (ITU-T X.690), the encoding of Kerberos and SPNEGO tokens. */
@NullMarked
package dev.kerbearer.windowsauth.der;

import org.jspecify.annotations.NullMarked;
