package dev.kerbearer.domain.port;

import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.Password;

/** Derives from a password the secret that verifies NTLM responses. */
@FunctionalInterface
public interface NtlmDerivation {

    /**
     * Returns the secret; equal passwords have equal secrets. The first call of a process can take a second, so it is
     * made only for a secret that will be used.
     */
    NtlmSecret derive(Password password);
}
