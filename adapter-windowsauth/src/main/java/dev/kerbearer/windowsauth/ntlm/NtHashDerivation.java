package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;

/** Derives the {@link NtHash}, which is what {@link LocalAuthority} verifies responses with. */
public final class NtHashDerivation implements NtlmDerivation {

    @Override
    public NtlmSecret derive(Password password) {
        return NtlmSecret.of(NtHash.of(password).reveal());
    }
}
