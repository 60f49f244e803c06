/** HTTP authentication with the schemes Negotiate (RFC 4559) and NTLM, including the state of unfinished handshakes. */
@NullMarked
package dev.kerbearer.windowsauth.http;

import org.jspecify.annotations.NullMarked;
