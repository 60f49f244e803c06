/** Reads which keys a keytab holds, so that a rejection can name the key that would open a ticket. */
@NullMarked
package dev.kerbearer.windowsauth.keytab;

import org.jspecify.annotations.NullMarked;
