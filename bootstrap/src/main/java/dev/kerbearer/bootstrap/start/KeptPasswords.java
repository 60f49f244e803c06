package dev.kerbearer.bootstrap.start;

import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.Unavailable;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds password files that have no effect. An import sets a password only when it creates the identity, so a later
 * correction of the file has no effect.
 */
@Singleton
public final class KeptPasswords {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    private final NtlmVerifiers verifiers;
    private final NtlmDerivation ntlm;
    private final ServerKeys keys;

    public KeptPasswords(NtlmVerifiers verifiers, NtlmDerivation ntlm, ServerKeys keys) {
        this.verifiers = verifiers;
        this.ntlm = ntlm;
        this.keys = keys;
    }

    /** Logs these files in the background, because the first key derivation of a process can take a second. */
    void reportLater(List<LocalIdentity> imported) {
        if (imported.stream().noneMatch(identity -> identity.ntlm().isPresent())) {
            return;
        }
        Thread report = new Thread(() -> complaints(imported).forEach(LOG::warn), "kept-passwords");
        report.setDaemon(true);
        report.start();
    }

    /** Returns one sentence for each identity with a password file that differs from the stored password. */
    public List<String> complaints(List<LocalIdentity> imported) {
        try {
            return imported.stream()
                    .filter(identity -> identity.ntlm()
                            .filter(password -> isAnother(identity, password))
                            .isPresent())
                    .map(identity -> "The password file of " + identity.name() + " has no effect, because the stored"
                            + " password differs, or none is stored: an import sets a password only when it creates the identity."
                            + " To use the file, import the user under a new name, with a new guid or none")
                    .toList();
        } catch (Unavailable away) {
            return List.of();
        }
    }

    private boolean isAnother(LocalIdentity identity, Password password) {
        Optional<NtlmVerifier> stored = verifiers.find(identity.name());
        if (stored.isEmpty()) {
            return true;
        }
        Optional<NtlmSecret> secret =
                stored.get().secret().open(stored.get().identity().guid(), keys);
        return secret.filter(open -> !MessageDigest.isEqual(
                        open.reveal(), ntlm.derive(password).reveal()))
                .isPresent();
    }
}
