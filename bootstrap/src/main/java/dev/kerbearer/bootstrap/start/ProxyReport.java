package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.rest.edge.arrival.Arrivals;
import dev.kerbearer.rest.edge.arrival.Arrivals.Source;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Proxy settings that an operator should know about. */
@Singleton
final class ProxyReport {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    private final boolean forwarded;
    private final boolean proxyProtocol;
    private final boolean declared;
    private final Arrivals arrivals;

    ProxyReport(
            VertxHttpConfig http,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false") boolean forwarded,
            Arrivals arrivals) {
        this.forwarded = forwarded;
        this.proxyProtocol = http.proxy().useProxyProtocol();
        this.declared = http.proxy().trustedProxies().isPresent();
        this.arrivals = arrivals;
    }

    /** Warns at the start if the settings on who is believed are probably not what was meant. */
    void print() {
        if (forwarded && !declared) {
            LOG.warn("Forwarded addresses are ignored, because no proxy is declared: set"
                    + " quarkus.http.proxy.trusted-proxies to the addresses of your proxies");
        }
        if (proxyProtocol && !declared) {
            LOG.warn("Every client is trusted as a proxy, and can claim any address by the PROXY protocol: set"
                    + " quarkus.http.proxy.trusted-proxies to the addresses of your proxies");
        }
        requirement(arrivals).ifPresent(LOG::info);
    }

    /** Returns what the proxies must do, because no header shows whether they do it; empty if that is nothing. */
    static Optional<String> requirement(Arrivals arrivals) {
        return arrivals.areReadFrom(Source.X_FORWARDED)
                ? Optional.of(
                        "Each declared proxy must set X-Forwarded-Proto itself: where a proxy passes on the client's"
                                + " header, the client's word counts for TLS (docs/operations.md)")
                : Optional.empty();
    }
}
