package dev.kerbearer.rest.edge.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection. What comes in counts as unfinished until somebody further on says that it has got a
 * head or a part of a body. So a head that drips is seen too, of which the router knows nothing.
 */
public final class WatchedConnection extends ChannelDuplexHandler {

    /** The answer to the question for how long, where it isn't so. */
    static final long NOT = -1;

    /** The answer where none is to be closed sooner. */
    private static final long FIRST = Long.MAX_VALUE;

    /** As much as the head of a good request has, as a rule, and a frame of HTTP/2 need not have. */
    private static final int SMALL = 8 * 1024;

    /** Within this an answer reaches whoever reads it. */
    private static final long ANSWER_MILLIS = 1000;

    private static final AttributeKey<WatchedConnection> KEY = AttributeKey.valueOf(WatchedConnection.class, "watched");
    private static final long NO_BODY = 0;

    private final WatchedConnections all;
    private final Channel channel;
    private final Unfinished partial;
    private final long openedAt;

    /** The bodies that are waited for; touched on the event loop only. */
    private final List<Unfinished> bodies = new ArrayList<>(1);

    /** When the last head began to come; touched on the event loop only. */
    private long headSince;

    private volatile long bodySince = NO_BODY;
    private volatile int bodyCount;
    private volatile boolean hasBroughtARequest;

    /** The call of HTTP/1.1 that is in work. */
    private volatile @Nullable Object inWork;

    private volatile long lastActive;
    private volatile @Nullable Http2ConnectionHandler http2;
    private boolean handshakeIsAwaited;
    private boolean makesRoom;
    private volatile boolean passesOver;

    WatchedConnection(WatchedConnections all, Channel channel) {
        this.all = all;
        this.channel = channel;
        this.partial = new Partial(all.unfinished());
        this.openedAt = all.unfinished().now();
        this.lastActive = openedAt;
        channel.attr(KEY).set(this);
    }

    /** The connection of a request; none where connections are not watched. */
    public static @Nullable WatchedConnection of(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        return connection instanceof HttpServerConnection server
                ? server.channel().attr(KEY).get()
                : null;
    }

    /** To be told once for every request, on its event loop. */
    public static void headHasArrived(RoutingContext context) {
        WatchedConnection connection = of(context.request());
        if (connection != null) {
            boolean endsWithItsAnswer = connection.keepsMuchOf(context.request());
            if (endsWithItsAnswer) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            Object call = connection.arrived(context.request());
            context.addEndHandler(ended -> {
                connection.answered(call);
                if (endsWithItsAnswer) {
                    context.request().connection().close();
                }
            });
        }
    }

    /** The decoder of HTTP/1.1 never gives back what the largest head of its connection took, however long it is idle. */
    private boolean keepsMuchOf(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2 && partial.held() > SMALL;
    }

    private Object arrived(HttpServerRequest request) {
        Object call = new Object();
        headSince = partial.isBegun() ? partial.since() : unfinished().now();
        partial.end();
        lastActive = unfinished().now();
        inWork = call;
        if (!hasBroughtARequest) {
            hasBroughtARequest = true;
            if (request.version() == HttpVersion.HTTP_2) {
                watchFrames();
            }
        }
        return call;
    }

    private void watchFrames() {
        Http2ConnectionHandler streams = channel.pipeline().get(Http2ConnectionHandler.class);
        http2 = streams;
        WatchedFrames.of(streams, channel.pipeline().context(streams), partial::end);
    }

    /** An interim answer (100) is none; and the next request may have arrived already. */
    private void answered(Object call) {
        if (inWork == call) {
            inWork = null;
        }
        lastActive = unfinished().now();
    }

    /** The body of the request that has just arrived is waited for; its time is that of the whole request. */
    public void await(Unfinished body) {
        all.unfinished().add(body);
        body.begin(headSince);
        bodies.add(body);
        bodiesChanged();
    }

    /** A part of one is there. */
    public void partHasArrived() {
        partial.end();
    }

    /** A part of one is there, and nobody keeps it. The time goes on. */
    public void partIsDropped() {
        partial.dropBytes();
    }

    /** All that still comes is dropped, for the moment that is left to it. */
    public void passesOver() {
        passesOver = true;
        partial.end();
    }

    /** It ends with its answer, since others wait. */
    public void makesRoom() {
        makesRoom = true;
    }

    public boolean isMakingRoom() {
        return makesRoom;
    }

    /** A body is waited for no longer. */
    public void forget(Unfinished body) {
        partial.end();
        all.unfinished().remove(body);
        bodies.remove(body);
        bodiesChanged();
    }

    private void bodiesChanged() {
        bodyCount = bodies.size();
        bodySince = bodies.isEmpty() ? NO_BODY : bodies.get(0).since();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        all.opened(this);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && !passesOver) {
            if (!partial.isBegun()) {
                partial.begin(unfinished().now());
            }
            partial.grow(bytes.readableBytes());
            if (partial.held() > SMALL && unfinished().isOverfull()) {
                bytes.release();
                ctx.close();
                return;
            }
        }
        ctx.fireChannelRead(message);
        if (!handshakeIsAwaited && !hasBroughtARequest) {
            awaitHandshake();
        }
    }

    /** A handshake is no request: who has one may wait with it as long as on any connection. */
    private void awaitHandshake() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            handshakeIsAwaited = true;
            tls.handshakeFuture().addListener(done -> partial.end());
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever waits for it has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        // The answer to a PING is none to a request.
        if (http2 == null || isShared()) {
            lastActive = unfinished().now();
        }
        ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        all.closed(this);
        partial.end();
        ctx.fireChannelInactive();
    }

    /** Runs that once it is closed. */
    public void whenGone(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }

    public UnfinishedRequests unfinished() {
        return all.unfinished();
    }

    Unfinished partial() {
        return partial;
    }

    /** For how long something has been unfinished on it, in nanoseconds. */
    long unfinishedFor(long now) {
        if (passesOver) {
            return FIRST;
        }
        if (isShared()) {
            return NOT;
        }
        if (bodySince != NO_BODY) {
            return now - bodySince;
        }
        if (partial.isBegun()) {
            return now - partial.since();
        }
        return hasBroughtARequest ? NOT : now - openedAt;
    }

    /** For how long nothing has been done for it, in nanoseconds. */
    long idleFor(long now) {
        return inWork != null || isShared() ? NOT : now - lastActive;
    }

    /** Whether a call is in work on it whose request is there as a whole. */
    private boolean isShared() {
        Http2ConnectionHandler streams = http2;
        return streams == null
                ? inWork != null && bodySince == NO_BODY
                : streams.connection().numActiveStreams() > bodyCount;
    }

    /** Ends it to make room, by any thread; a body that is waited for is answered for. */
    void giveUp() {
        channel.eventLoop().execute(this::endToMakeRoom);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void endToMakeRoom() {
        if (bodies.isEmpty()) {
            close();
            return;
        }
        List.copyOf(bodies).forEach(body -> body.giveUp(true));
        if (http2 != null) {
            // Netty's farewell: it is closed when the answers have ended its streams.
            channel.close();
        }
        // A client that does not read gets no answer, and holds no connection.
        channel.eventLoop()
                .schedule(() -> channel.pipeline().firstContext().close(), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** With a farewell where that needs no waiting: Netty's for HTTP/2 waits for the streams that are open. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void close() {
        if (http2 != null && isShared()) {
            channel.pipeline().firstContext().close();
        } else {
            channel.close();
        }
    }

    /** What came since the last head or part of a body. */
    private final class Partial extends Unfinished {

        Partial(UnfinishedRequests all) {
            super(all);
        }

        @Override
        protected boolean isShared() {
            return WatchedConnection.this.isShared();
        }

        @Override
        protected void drop(boolean toMakeRoom) {
            whenGone(this::hasLeft);
            channel.eventLoop().execute(WatchedConnection.this::close);
        }
    }
}
