package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.channel.ChannelProtection.Rule;
import dev.kerbearer.windowsauth.channel.ProxyCertificates;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.CertificateConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whether sign-ins are bound to their TLS channel, and which certificate identifies the channel. */
@Singleton
public final class ChannelBinding {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    private final Rule rule;
    private final boolean tls;
    private final boolean addressesAreForwarded;
    private final boolean proxyProtocolIsUsed;
    private final Optional<ProxyCertificates> proxy;

    ChannelBinding(
            KerbearerConfig config,
            VertxHttpConfig http,
            TlsConfigurationRegistry tlsConfigurations,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false")
                    boolean addressesAreForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.use-proxy-protocol", defaultValue = "false")
                    boolean proxyProtocolIsUsed) {
        this.rule = config.negotiate().channelBinding();
        this.tls = endsTls(http, tlsConfigurations);
        this.addressesAreForwarded = addressesAreForwarded;
        this.proxyProtocolIsUsed = proxyProtocolIsUsed;
        this.proxy = rule == Rule.OFF
                ? Optional.empty()
                : config.negotiate().channelBindingCertificate().map(ChannelBinding::certificatesIn);
        if (rule == Rule.REQUIRED && !isPossible()) {
            throw new IllegalArgumentException(
                    "kerbearer.negotiate.channel-binding is required, but sign-ins cannot be bound to a channel: set"
                            + " up TLS (quarkus.http.tls-configuration-name), or configure the certificate of the"
                            + " proxy that terminates it (kerbearer.negotiate.channel-binding-certificate)");
        }
    }

    /** Uses the same rules as the HTTP server itself. */
    private static boolean endsTls(VertxHttpConfig http, TlsConfigurationRegistry configurations) {
        CertificateConfig certificate = http.ssl().certificate();
        return http.tlsConfigurationName().isPresent()
                || configurations
                        .getDefault()
                        .filter(standard -> standard.getKeyStoreOptions() != null)
                        .isPresent()
                || certificate.files().isPresent()
                || certificate.keyStoreFile().isPresent();
    }

    private static ProxyCertificates certificatesIn(Path file) {
        try {
            return ProxyCertificates.in(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("kerbearer.negotiate.channel-binding-certificate cannot be used", e);
        }
    }

    private boolean isPossible() {
        return tls || proxy.isPresent();
    }

    /** Returns the check that knows, for each connection, which channel its sign-ins must be bound to. */
    ChannelProtection protection() {
        return new ChannelProtection(rule, proxy, tls && !addressesAreForwarded && !proxyProtocolIsUsed);
    }

    /** Logs at the start what is checked. */
    public void report() {
        if (rule == Rule.OFF) {
            LOG.warn("Channel binding is off: a sign-in that an attacker relays is accepted");
        } else if (!isPossible()) {
            LOG.info("Channel binding is not checked: this service does not terminate TLS, and no certificate of a"
                    + " proxy is configured"
                    + " (kerbearer.negotiate.channel-binding-certificate)");
        } else {
            LOG.infof(
                    "Channel binding is checked %s, against %s",
                    rule == Rule.REQUIRED ? "and required" : "if clients send it", certificates());
        }
        if (rule != Rule.OFF && tls && addressesAreForwarded && proxy.isEmpty()) {
            LOG.warn("A proxy is declared, but not its certificate: channel binding of sign-ins through it is not"
                    + " checked, or the sign-ins are refused if the proxy connects to this service with TLS."
                    + " Set kerbearer.negotiate.channel-binding-certificate");
        }
    }

    private String certificates() {
        String own = tls ? "the certificate of the connection" : "";
        return proxy.map(theirs -> own + (tls ? " and " : "") + "the proxy's: " + theirs)
                .orElse(own);
    }
}
