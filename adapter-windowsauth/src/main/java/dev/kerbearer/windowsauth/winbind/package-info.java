/**
 * Checks NTLM passwords of a Windows domain with Samba's winbind, through its program {@code ntlm_auth}. Kerbearer
 * makes the challenges itself: the program gets challenge and answer and says whether they match. An unfinished
 * handshake therefore holds no process.
 */
@NullMarked
package dev.kerbearer.windowsauth.winbind;

import org.jspecify.annotations.NullMarked;
