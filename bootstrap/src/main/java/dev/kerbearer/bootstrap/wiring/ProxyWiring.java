package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.rest.edge.arrival.Arrivals;
import dev.kerbearer.rest.edge.arrival.Arrivals.Source;
import dev.kerbearer.rest.edge.arrival.DeclaredProxies;
import io.quarkus.vertx.http.runtime.ProxyConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which proxies are declared, and from which headers or protocol the client's address is read. */
@Singleton
final class ProxyWiring {

    private static final String TRUSTED = "quarkus.http.proxy.trusted-proxies";

    @Produces
    @Singleton
    DeclaredProxies declaredProxies(@ConfigProperty(name = TRUSTED) Optional<List<String>> trusted) {
        try {
            return DeclaredProxies.of(trusted.orElse(List.of()), ProxyWiring::addressesOf);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(TRUSTED + ": " + wrong.getMessage(), wrong);
        }
    }

    private static List<IpAddress> addressesOf(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .flatMap(address -> IpAddress.parse(address.getHostAddress()).stream())
                    .toList();
        } catch (UnknownHostException notNow) {
            return List.of();
        }
    }

    @Produces
    @Singleton
    Arrivals arrivals(
            DeclaredProxies proxies,
            VertxHttpConfig http,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false") boolean forwarded) {
        ForwardedHeaders.requireNotReadByQuarkus(http.proxy().proxyAddressForwarding());
        return new Arrivals(proxies, sources(http.proxy(), forwarded));
    }

    private static Set<Source> sources(ProxyConfig proxy, boolean forwarded) {
        Set<Source> sources = EnumSet.noneOf(Source.class);
        if (proxy.useProxyProtocol()) {
            sources.add(Source.PROXY_PROTOCOL);
        }
        if (forwarded && proxy.allowForwarded()) {
            sources.add(Source.FORWARDED);
        }
        if (forwarded && proxy.allowXForwarded().orElse(!proxy.allowForwarded())) {
            sources.add(Source.X_FORWARDED);
        }
        return sources;
    }
}
