package dev.kerbearer.domain.port;

import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.Password;

/** Derives from a password the secret that verifies NTLM responses. */
@FunctionalInterface
public interface NtlmDerivation {

    /** Returns the secret; equal passwords have equal secrets. */
    NtlmSecret derive(Password password);
}
