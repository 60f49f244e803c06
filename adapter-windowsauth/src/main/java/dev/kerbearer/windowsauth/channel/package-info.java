/** Channel binding: whether a sign-in was made for the TLS channel on which it comes (RFC 5929, RFC 4121). */
@NullMarked
package dev.kerbearer.windowsauth.channel;

import org.jspecify.annotations.NullMarked;
