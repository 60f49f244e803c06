/** Channel binding: checks that a sign-in was made for the TLS channel on which it arrives (RFC 5929, RFC 4121). */
@NullMarked
package dev.kerbearer.windowsauth.channel;

import org.jspecify.annotations.NullMarked;
