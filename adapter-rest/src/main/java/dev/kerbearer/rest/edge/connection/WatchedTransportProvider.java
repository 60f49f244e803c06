package dev.kerbearer.rest.edge.connection;

import dev.kerbearer.rest.edge.WireEdge;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Has Vert.x watch the connections of the service. Found by Vert.x as a service of the JDK's kind, since it is needed
 * before there are beans.
 */
public final class WatchedTransportProvider implements VertxServiceProvider {

    private static final Duration TIME = Duration.ofSeconds(30);

    /** Of the heap, for all that is unfinished. */
    private static final int SHARE = 8;

    /** Of the connections, for those that are being closed. */
    private static final int RESERVE = 8;

    private static final int MANAGEMENT_PORT = 9000;

    /** By this Quarkus tells the management port where it is to be any that is free. */
    private static final int ANY_MANAGEMENT_PORT = -3;

    @Override
    public void init(VertxBuilder builder) {
        // Development mode keeps WebSockets open to its own pages, on which no request ever comes.
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            Config config = ConfigProvider.getConfig();
            int most = config.getOptionalValue("quarkus.http.limits.max-connections", Integer.class)
                    .orElse(Integer.MAX_VALUE);
            // Quarkus refuses new ones at the limit itself, and those that make room take a moment to be gone.
            int makingRoomFrom = most - most / RESERVE;
            long budget = Runtime.getRuntime().maxMemory() / SHARE;
            builder.findTransport(new WatchedTransport(
                    new WatchedConnections(makingRoomFrom, new UnfinishedRequests(TIME, budget)),
                    options -> !isOfManagement(options, config)));
        }
    }

    /** Health and metrics must be seen however many connections there are, and pass by {@link WireEdge}. */
    private static boolean isOfManagement(NetServerOptions options, Config config) {
        int port = config.getOptionalValue("quarkus.management.port", Integer.class)
                .orElse(MANAGEMENT_PORT);
        return options.getPort() == ANY_MANAGEMENT_PORT || options.getPort() == port;
    }
}
