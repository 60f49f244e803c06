package dev.kerbearer.bootstrap.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sign-in with NTLM version 2. */
public interface NtlmConfig {

    /**
     * Whether to offer NTLM, under its own scheme and within Negotiate (docs/ntlm.md). The practice realm switches
     * it on.
     */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean enabled();

    /**
     * What checks passwords: {@code local} for the identities that Kerbearer stores itself, or {@code winbind} for
     * the Windows domain that this machine is a member of. With {@code winbind}, a directory for that domain must
     * be configured.
     */
    @WithDefault("local")
    String authority();

    /** How Samba's winbind is called if it is the authority. */
    Winbind winbind();

    /**
     * Further host names or IP addresses that clients use for this service, separated by commas: aliases, or the
     * address of a proxy. A client's answer that was made for any other name is rejected (docs/ntlm.md). The host
     * of {@code public-url} and the hosts of the keytabs' {@code HTTP/} principals are always accepted.
     */
    Optional<List<String>> targetNames();

    /**
     * Whether the declared proxy in front opens a separate connection for each client. NTLM is offered behind a
     * proxy only then.
     */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean pinnedConnections();

    /** How Samba's winbind is called. */
    interface Winbind {
        /** Path of the program that calls winbind. */
        @WithDefault("/usr/bin/ntlm_auth")
        Path program();

        /** Largest number of processes of that program, 1 to 64. They are kept running. */
        @WithDefault("4")
        int processes();

        /** How long to wait for an answer of winbind. */
        @WithDefault("3s")
        Duration timeout();
    }
}
