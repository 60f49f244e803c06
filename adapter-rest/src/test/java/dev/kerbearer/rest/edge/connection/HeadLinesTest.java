package dev.kerbearer.rest.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Short headers are small on the wire and large in memory. */
class HeadLinesTest {

    private static final int BUDGET = 100_000;

    private final UnfinishedRequests all = new UnfinishedRequests(Duration.ofMinutes(1), BUDGET);
    private final WatchedConnections connections = new WatchedConnections(10, all);

    @Test
    void theLinesOfAnIncompleteHeadCountAsMuchAsTheirHeadersHold() {
        EmbeddedChannel channel = connection();
        receive(channel, "GET / HTTP/1.1\r\n");
        receive(channel, "a:b\r\n".repeat(100) + "a");
        assertThat(all.held()).isEqualTo(16 + 501 + 101 * HeadLines.OF_A_LINE);
        channel.finishAndReleaseAll();
        assertThat(all.held()).isZero();
    }

    @Test
    void linesOfWhatHasArrivedAsAWholeCountNothing() {
        EmbeddedChannel channel = new EmbeddedChannel();
        WatchedConnection watched = new WatchedConnection(connections, channel, new HttpServerOptions());
        channel.pipeline().addLast(watched, new HeadLines(watched.partial()), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                watched.partHasArrived();
                context.fireChannelRead(message);
            }
        });
        receive(channel, "a\n".repeat(1_000));
        assertThat(all.held()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void connectionsWithManyShortHeadersAreClosedTheOldestFirst() {
        EmbeddedChannel oldest = connection();
        receive(oldest, "GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(200));
        EmbeddedChannel next = connection();
        receive(next, "GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(200));
        oldest.runPendingTasks();
        assertThat(oldest.isOpen()).isFalse();
        assertThat(next.isOpen()).isTrue();
        assertThat(all.held()).isLessThan(BUDGET);
        next.finishAndReleaseAll();
    }

    @Test
    void underTlsLinesAndFramesAreWatchedBehindTheTlsHandler() throws Exception {
        EmbeddedChannel channel =
                connection(new SslHandler(SSLContext.getDefault().createSSLEngine()));
        receive(channel, "\u0016");
        List<Class<?>> handlers = channel.pipeline().toMap().entrySet().stream()
                .map(Map.Entry::getValue)
                .<Class<?>>map(ChannelHandler::getClass)
                .toList();
        assertThat(handlers.indexOf(HeadLines.class)).isGreaterThan(handlers.indexOf(SslHandler.class));
        assertThat(handlers.indexOf(WatchedFrames.class)).isGreaterThan(handlers.indexOf(SslHandler.class));
        channel.finishAndReleaseAll();
    }

    private EmbeddedChannel connection(ChannelHandler... further) {
        EmbeddedChannel channel = new EmbeddedChannel();
        WatchedConnection watched = new WatchedConnection(connections, channel, new HttpServerOptions());
        channel.pipeline().addLast(watched);
        watched.plainBytes().watch();
        channel.pipeline().addLast(further);
        return channel;
    }

    private static void receive(EmbeddedChannel channel, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        channel.writeInbound(bytes);
    }
}
