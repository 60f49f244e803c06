package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.NtlmConfig;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.winbind.Domain;
import dev.kerbearer.windowsauth.winbind.WinbindAuthority;
import dev.kerbearer.windowsauth.winbind.WinbindSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Samba's winbind, if it is the authority for NTLM. */
@Singleton
public final class Winbind {

    /** The name of this authority in the configuration. */
    static final String NAME = "winbind";

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    private final NtlmConfig ntlm;
    private final ActiveDirectories directories;
    private Optional<WinbindAuthority> authority = Optional.empty();

    public Winbind(KerbearerConfig config, ActiveDirectories directories) {
        this.ntlm = config.ntlm();
        this.directories = directories;
    }

    /**
     * Returns the one authority. An unavailable winbind or domain does not stop the start.
     *
     * @throws IllegalArgumentException if it can never be called; the message says how to fix it
     */
    synchronized WinbindAuthority authority() {
        if (authority.isEmpty()) {
            WinbindSettings settings = settings();
            if (!settings.canRun()) {
                throw new IllegalArgumentException("kerbearer.ntlm.winbind.program: " + settings.program()
                        + " is missing or may not be run: install winbind (Debian: apt-get install winbind), or set"
                        + " this key to the path of its ntlm_auth");
            }
            if (directories.byName().isEmpty()) {
                throw new IllegalArgumentException("kerbearer.ntlm.authority is winbind, but no directory for its"
                        + " domain is configured: set kerbearer.directories.<NAME>.url, and"
                        + " kerbearer.realms.\"<REALM>\".provider=<NAME> (docs/active-directory.md)");
            }
            authority = Optional.of(new WinbindAuthority(settings, directories.domains()));
        }
        return authority.get();
    }

    /** Returns the authority for a diagnosis, if winbind is configured, even if it can never be called. */
    public synchronized Optional<WinbindAuthority> unchecked() {
        if (ntlm.enabled() && ntlm.authority().equals(NAME) && authority.isEmpty()) {
            authority = Optional.of(new WinbindAuthority(settings(), directories.domains()));
        }
        return authority;
    }

    private WinbindSettings settings() {
        NtlmConfig.Winbind config = ntlm.winbind();
        try {
            return new WinbindSettings(config.program(), config.processes(), config.timeout());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("kerbearer.ntlm.winbind: " + wrong.getMessage(), wrong);
        }
    }

    /** Logs at the start which domain's passwords are checked. */
    synchronized void report() {
        authority.ifPresent(winbind -> {
            try {
                Domain domain = winbind.domain();
                LOG.infof(
                        "NTLM checks passwords of the domain %s (%s), and its users are in the directory %s",
                        domain.netbiosName(), domain.dnsName(), domain.directory());
            } catch (Unavailable away) {
                LOG.warnf(
                        "Nobody can sign in with NTLM yet, because the domain is not known. Kerbearer keeps trying:"
                                + " %s. The doctor command says what to fix",
                        away.getCause());
            }
        });
    }

    /** Returns the known state of winbind, if it is the authority. */
    public synchronized Optional<String> state() {
        return authority.map(winbind -> winbind.isAway() ? "away" : "not known to be away");
    }

    @PreDestroy
    public synchronized void close() {
        authority.ifPresent(WinbindAuthority::close);
    }
}
