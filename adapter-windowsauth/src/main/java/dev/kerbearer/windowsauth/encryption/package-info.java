/** Encryption with AES keys as Kerberos does it (RFC 3961, RFC 3962, RFC 8009). The JDK can do it, but lets nobody use it. */
@NullMarked
package dev.kerbearer.windowsauth.encryption;

import org.jspecify.annotations.NullMarked;
