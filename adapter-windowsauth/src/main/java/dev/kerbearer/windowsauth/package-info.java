/**
 * Windows sign-in over HTTP: the Negotiate exchange (RFC 4559) with Kerberos (RFC 4120, RFC 4121) or NTLM. Its result
 * reaches the rest of the service as a {@link dev.kerbearer.domain.signin.SignIn}.
 */
@NullMarked
package dev.kerbearer.windowsauth;

import org.jspecify.annotations.NullMarked;
