/** Reads and writes NTLM messages, and computes password proofs and session keys ([MS-NLMP]). */
@NullMarked
package dev.kerbearer.windowsauth.ntlm.message;

import org.jspecify.annotations.NullMarked;
