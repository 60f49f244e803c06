package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.application.signin.RememberSignIn;
import dev.kerbearer.application.signin.SlowDownGuessing;
import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.NtlmConfig;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.network.HostAndPort;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.windowsauth.ntlm.GuardedAuthority;
import dev.kerbearer.windowsauth.ntlm.LocalAuthority;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whether NTLM is offered, and what checks the passwords. */
@Singleton
public final class Ntlm {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");
    private static final String LOCAL = "local";

    private final NtlmConfig config;
    private final boolean proxyIsDeclared;
    private final Winbind winbind;
    private final NtlmTargetNames targetNames;
    private final Optional<NtlmAcceptor> acceptor;

    public Ntlm(
            KerbearerConfig config,
            NtlmVerifiers verifiers,
            ServerKeys keys,
            SlowDownGuessing guessing,
            RememberSignIn remember,
            Winbind winbind,
            NtlmTargetNames targetNames,
            InstantSource clock,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false")
                    boolean addressesAreForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.use-proxy-protocol", defaultValue = "false")
                    boolean proxyProtocolIsUsed) {
        this.config = config.ntlm();
        this.winbind = winbind;
        this.targetNames = targetNames;
        this.proxyIsDeclared = addressesAreForwarded || proxyProtocolIsUsed;
        SecretSource random = new SecureRandom()::nextBytes;
        this.acceptor = isOffered()
                ? Optional.of(new NtlmAcceptor(
                        new GuardedAuthority(authority(config, verifiers, keys, random), guessing, remember),
                        targetNames.names(),
                        random,
                        clock))
                : Optional.empty();
    }

    private boolean isOffered() {
        return config.enabled() && (!proxyIsDeclared || config.pinnedConnections());
    }

    private NtlmAuthority authority(
            KerbearerConfig config, NtlmVerifiers verifiers, ServerKeys keys, SecretSource random) {
        if (config.ntlm().authority().equals(Winbind.NAME)) {
            return winbind.authority();
        }
        if (!config.ntlm().authority().equals(LOCAL)) {
            throw new IllegalArgumentException(
                    "kerbearer.ntlm.authority is " + config.ntlm().authority() + "; it must be local or winbind");
        }
        return new LocalAuthority(
                verifiers,
                keys,
                random,
                config.publicUrl()
                        .flatMap(HostAndPort::of)
                        .map(HostAndPort::host)
                        .orElse("localhost"));
    }

    /** Returns what accepts NTLM; empty if NTLM is not offered. */
    public Optional<NtlmAcceptor> acceptor() {
        return acceptor;
    }

    /** Logs at the start what is on, and its risks. */
    public void report() {
        if (acceptor.isPresent()) {
            LOG.warnf(
                    "NTLM is on (passwords are checked by: %s). An attacker who records a sign-in can guess its"
                            + " password offline, and an attacker between client and service can relay a sign-in"
                            + " (docs/ntlm.md). If every client has Kerberos, switch NTLM off:"
                            + " kerbearer.ntlm.enabled=false",
                    config.authority());
            targetNames.report();
            winbind.report();
        } else if (config.enabled()) {
            LOG.warn("NTLM is enabled but not offered: a proxy is declared, and it may share a connection between"
                    + " callers. If it does not, set kerbearer.ntlm.pinned-connections=true");
        }
    }
}
