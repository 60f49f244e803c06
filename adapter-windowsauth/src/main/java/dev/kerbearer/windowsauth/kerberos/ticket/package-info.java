/** Reads and decrypts the parts of an AP-REQ: the ticket and the client's authenticator (RFC 4120 section 5). */
@NullMarked
package dev.kerbearer.windowsauth.kerberos.ticket;

import org.jspecify.annotations.NullMarked;
