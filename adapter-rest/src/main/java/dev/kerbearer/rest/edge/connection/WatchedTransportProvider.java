package dev.kerbearer.rest.edge.connection;

import dev.kerbearer.rest.edge.WireEdge;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes Vert.x watch the connections of the service. Vert.x finds this class through the JDK's service loader, because
 * the class is needed before there are beans.
 */
public final class WatchedTransportProvider implements VertxServiceProvider {

    private static final Duration TIME = Duration.ofSeconds(30);

    /** Unfinished requests may use one part in this many of the heap. */
    private static final int SHARE = 8;

    /** One connection in this many is reserved for connections that are being closed. */
    private static final int RESERVE = 8;

    private static final int MANAGEMENT_PORT = 9000;

    /** What Quarkus passes as the management port if it may be any free port. */
    private static final int ANY_MANAGEMENT_PORT = -3;

    @Override
    public void init(VertxBuilder builder) {
        // Development mode's own pages keep WebSockets open, on which no request ever comes.
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            Config config = ConfigProvider.getConfig();
            int most = config.getOptionalValue("quarkus.http.limits.max-connections", Integer.class)
                    .orElse(Integer.MAX_VALUE);
            // At the limit, Quarkus itself refuses new connections. A connection that makes room takes a moment to
            // close.
            int makingRoomFrom = most - most / RESERVE;
            long budget = Runtime.getRuntime().maxMemory() / SHARE;
            builder.findTransport(new WatchedTransport(
                    new WatchedConnections(makingRoomFrom, new UnfinishedRequests(TIME, budget)),
                    decoderLimits(config),
                    options -> !isOfManagement(options, config),
                    VertxHttpRecorder.getRootHandler()));
        }
    }

    /**
     * Returns the limits that Quarkus sets for HTTP/1 decoders. The size of a head is always configured. The other two
     * limits have the same defaults in Quarkus and in Vert.x.
     */
    private static HttpServerOptions decoderLimits(Config config) {
        HttpServerOptions limits = new HttpServerOptions();
        config.getOptionalValue("quarkus.http.limits.max-header-size", MemorySize.class)
                .ifPresent(size -> limits.setMaxHeaderSize(Math.toIntExact(size.asLongValue())));
        config.getOptionalValue("quarkus.http.limits.max-chunk-size", MemorySize.class)
                .ifPresent(size -> limits.setMaxChunkSize(Math.toIntExact(size.asLongValue())));
        config.getOptionalValue("quarkus.http.limits.max-initial-line-length", Integer.class)
                .ifPresent(limits::setMaxInitialLineLength);
        return limits;
    }

    /**
     * Returns whether a server is the management server. Health and metrics must be reachable however many connections
     * there are. They bypass {@link WireEdge}.
     */
    private static boolean isOfManagement(NetServerOptions options, Config config) {
        int port = config.getOptionalValue("quarkus.management.port", Integer.class)
                .orElse(MANAGEMENT_PORT);
        return options.getPort() == ANY_MANAGEMENT_PORT || options.getPort() == port;
    }
}
