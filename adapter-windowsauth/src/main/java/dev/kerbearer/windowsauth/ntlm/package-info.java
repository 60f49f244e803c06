/**
 * The server side of NTLM version 2 ([MS-NLMP]): messages, password proofs and session keys. It knows nothing about
 * HTTP. An {@link dev.kerbearer.windowsauth.ntlm.NtlmAuthority} decides whether a proof is right.
 */
@NullMarked
package dev.kerbearer.windowsauth.ntlm;

import org.jspecify.annotations.NullMarked;
