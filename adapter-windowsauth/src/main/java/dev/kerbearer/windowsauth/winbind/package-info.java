/**
 * NTLM passwords of a Windows domain, checked by Samba's winbind through its program {@code ntlm_auth}. Challenges are our
 * own: the program is shown challenge and answer and says whether they fit, so that a handshake that is half done holds
 * no process.
 */
@NullMarked
package dev.kerbearer.windowsauth.winbind;

import org.jspecify.annotations.NullMarked;
