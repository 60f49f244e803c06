/**
 * Kerberos encryption with AES and RC4 keys (RFC 3961, RFC 3962, RFC 4757, RFC 8009). The JDK has it, but not in its
 * public API.
 */
@NullMarked
package dev.kerbearer.windowsauth.encryption;

import org.jspecify.annotations.NullMarked;
