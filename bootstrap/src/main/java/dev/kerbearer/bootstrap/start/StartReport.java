package dev.kerbearer.bootstrap.start;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.Ports;
import dev.kerbearer.bootstrap.config.SecretFiles;
import dev.kerbearer.bootstrap.config.SecretKeys;
import dev.kerbearer.bootstrap.config.UnknownVariables;
import dev.kerbearer.bootstrap.wiring.ChannelBinding;
import dev.kerbearer.bootstrap.wiring.Keytabs;
import dev.kerbearer.bootstrap.wiring.LifetimeAdvice;
import dev.kerbearer.bootstrap.wiring.Ntlm;
import dev.kerbearer.domain.settings.Settings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The log lines of the start: what is on, and every problem that an operator should know. */
@Singleton
final class StartReport {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final KerbearerConfig config;
    private final Config all;
    private final Settings settings;
    private final Keytabs keytabs;
    private final SecretPermissions secretPermissions;
    private final Ntlm ntlm;
    private final ChannelBinding channelBinding;
    private final ProxyReport proxies;
    private final String jdbcUrl;
    private final String host;

    StartReport(
            KerbearerConfig config,
            Config all,
            Settings settings,
            Keytabs keytabs,
            SecretPermissions secretPermissions,
            Ntlm ntlm,
            ChannelBinding channelBinding,
            ProxyReport proxies,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.all = all;
        this.settings = settings;
        this.keytabs = keytabs;
        this.secretPermissions = secretPermissions;
        this.ntlm = ntlm;
        this.channelBinding = channelBinding;
        this.proxies = proxies;
        this.jdbcUrl = jdbcUrl;
        this.host = host;
    }

    /**
     * Logs what the start found.
     *
     * @param imported the integrations of the import files
     */
    void print(List<IntegrationDefinition> imported) {
        LOG.infof("Database: %s", jdbcUrl.replaceFirst("[?].*", ""));
        LOG.info(kerberos(settings.integrated(), keytabs));
        if (keytabs.lacking().isPresent() && ntlm.acceptor().isEmpty()) {
            LOG.warnf(
                    "Nobody can sign in, because %s: set quarkus.kerberos.keytab-path to a keytab of a principal"
                            + " HTTP/<host>@<REALM>. The doctor command says what to fix",
                    keytabs.lacking().get());
        }
        KeytabReport.warnings(
                        keytabs.files(),
                        config.realms().keySet(),
                        config.negotiate().transitedRealms().orElse(Set.of()))
                .forEach(LOG::warn);
        secretPermissions.report();
        ntlm.report();
        channelBinding.report();
        proxies.print();
        config.directories()
                .forEach((name, directory) -> LOG.infof(
                        "Directory: AD+%s at %s, queried %s",
                        name,
                        directory.url(),
                        directory.bind().name().isPresent() ? "with a password" : "with Kerberos and the keytab"));
        if (config.realms().isEmpty()) {
            LOG.warn("No realm is mapped to a provider, so Kerberos users cannot sign in:"
                    + " set kerbearer.realms.\"<REALM>\".provider");
        }
        config.realms().keySet().stream()
                .filter(realm -> !realm.equals(realm.toUpperCase(Locale.ROOT)))
                .forEach(realm -> LOG.warnf(
                        "The realm %s is written in lower case, but realm names are case-sensitive: an environment"
                                + " variable gives such a name; use a file or a system property instead",
                        realm));
        if (!LOOPBACK.contains(host) && !config.insecureHttp()) {
            LOG.infof("Listening on %s: tokens are sent only over https, on loopback or behind a declared proxy", host);
        }
        issuerDoubts(config.publicUrl(), Ports.of(all).tls(), LOOPBACK.contains(host))
                .forEach(LOG::warn);
        SecretKeys.withDollar(all).forEach(StartReport::warnOfDollar);
        config.secretsDir()
                .map(folder -> SecretFiles.loaded(all, folder))
                .ifPresent(files -> LOG.infof("Keys from files: %s", files));
        LifetimeAdvice.of(imported, settings).ifPresent(advice -> LOG.warnf("%s: %s", advice, LifetimeAdvice.FIX));
        warnOfVariables();
        if (config.insecureHttp()) {
            LOG.warn("kerbearer.insecure-http is set: tokens are sent over plain HTTP and can be read on the network");
        }
    }

    /** Returns the problems of the issuer's address. */
    static List<String> issuerDoubts(Optional<URI> publicUrl, boolean tls, boolean loopback) {
        List<String> doubts = new ArrayList<>();
        if (publicUrl.isEmpty() && !loopback) {
            doubts.add("kerbearer.public-url is not set, so tokens and metadata name " + (tls ? "https" : "http")
                    + "://localhost as their issuer, and nodes with different ports do not accept each other's JWTs");
        }
        publicUrl
                .filter(url -> tls && "http".equalsIgnoreCase(url.getScheme()))
                .ifPresent(url -> doubts.add("TLS is set up, but kerbearer.public-url is " + url
                        + ": tokens and metadata name an issuer without TLS. Set it to https://"
                        + url.getRawAuthority() + " with the port for TLS"));
        return doubts;
    }

    private static void warnOfDollar(String key) {
        LOG.warnf(
                "%s is given by value and contains a $, so it may be changed: $$ becomes $, and ${...} is replaced by"
                        + " another key. Put it into a file named %s in the folder kerbearer.secrets-dir, where nothing is"
                        + " replaced (docs/configuration.md)",
                key, key);
    }

    /** Returns whether a ticket can be accepted. This needs a key, not only the setting. */
    static String kerberos(boolean wanted, Keytabs keytabs) {
        if (!wanted) {
            return "Sign-in: Negotiate with Kerberos is off (kerbearer.settings.integrated)";
        }
        return keytabs.lacking()
                .map(reason -> "Sign-in: Negotiate with Kerberos does not work yet: " + reason)
                .orElse("Sign-in: Negotiate with Kerberos is on; keytabs: " + keytabs.files());
    }

    private static void warnOfVariables() {
        UnknownVariables.among(System.getenv().keySet())
                .forEach(name -> LOG.warnf("The environment variable %s is not a key of Kerbearer: ignored", name));
    }
}
