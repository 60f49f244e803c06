package dev.kerbearer.rest.edge.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Puts a {@link WatchedConnection} first in every connection that a server accepts. Vert.x and Quarkus have limits for
 * idle connections and for parsed data, but none for data that still trickles in.
 */
public final class WatchedTransport extends JDKTransport {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");
    private static final long TURN_MILLIS = 500;

    private final WatchedConnections connections;
    private final HttpServerOptions limits;
    private final Predicate<NetServerOptions> watched;
    private final Handler<HttpServerRequest> malformed;
    private final AtomicBoolean looksAfterThem = new AtomicBoolean();

    /**
     * @param limits the limits of the servers' HTTP/1 decoders, which Vert.x does not pass to a transport
     * @param watched selects the servers to watch
     * @param malformed answers requests that cannot be decoded
     */
    public WatchedTransport(
            WatchedConnections connections,
            HttpServerOptions limits,
            Predicate<NetServerOptions> watched,
            Handler<HttpServerRequest> malformed) {
        this.connections = connections;
        this.limits = limits;
        this.watched = watched;
        this.malformed = malformed;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        if (!watched.test(options)) {
            return;
        }
        ChannelHandler ofVertx = bootstrap.config().childHandler();
        bootstrap.childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                WatchedConnection connection = new WatchedConnection(connections, channel, limits);
                pipeline.addLast(
                        new LingeringClose(connection::isPassedOver),
                        connection,
                        ofVertx,
                        new HttpSetUp(connection, malformed));
            }
        });
        if (looksAfterThem.compareAndSet(false, true)) {
            bootstrap
                    .config()
                    .group()
                    .next()
                    .scheduleWithFixedDelay(
                            connections.unfinished()::giveUpLate, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS)
                    .addListener(WatchedTransport::logEnd);
        }
    }

    /** Logs that the task has ended: a task that fails is not run again, and nobody would notice. */
    private static void logEnd(Future<?> task) {
        if (!task.isCancelled()) {
            LOG.error("The watch for unfinished requests has failed, so they are no longer closed", task.cause());
        }
    }
}
