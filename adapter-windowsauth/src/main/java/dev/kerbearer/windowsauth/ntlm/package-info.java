/**
 * NTLM version 2 as [MS-NLMP] describes it, the server's side: its messages, its proof of a password, its session keys.
 * Knows nothing of HTTP. Whether a proof is right is for an {@link dev.kerbearer.windowsauth.ntlm.NtlmAuthority} to say.
 */
@NullMarked
package dev.kerbearer.windowsauth.ntlm;

import org.jspecify.annotations.NullMarked;
