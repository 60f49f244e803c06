/**
 * Windows sign-in over HTTP: the Negotiate exchange (RFC 4559) with Kerberos beneath (RFC 4120, RFC 4121). What it finds
 * out reaches the rest of the service as a {@link dev.kerbearer.domain.signin.SignIn}.
 */
@NullMarked
package dev.kerbearer.windowsauth;

import org.jspecify.annotations.NullMarked;
