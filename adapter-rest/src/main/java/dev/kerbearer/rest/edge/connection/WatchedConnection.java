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
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection. Incoming data counts as unfinished until a later handler reports a head or a part
 * of a body. The router never sees a trickling head, but this handler notices it.
 */
public final class WatchedConnection extends ChannelDuplexHandler {

    /** The duration that means "not in this state". */
    static final long NOT = -1;

    /** The duration that means "close this connection first". */
    private static final long FIRST = Long.MAX_VALUE;

    /** How long an answer takes at most to reach a client that reads. */
    private static final long ANSWER_MILLIS = 1000;

    private static final AttributeKey<WatchedConnection> KEY = AttributeKey.valueOf(WatchedConnection.class, "watched");

    private final WatchedConnections all;
    private final Channel channel;
    private final HttpServerOptions limits;
    private final Unfinished partial;
    private final AwaitedBodies bodies;
    private final long openedAt;

    /** When the last head began to arrive; used on the event loop only. */
    private long headSince;

    private volatile boolean hasBroughtARequest;

    /** The HTTP/1.1 call that is in progress. */
    private volatile @Nullable Object inWork;

    private volatile long lastActive;
    private volatile @Nullable Http2ConnectionHandler http2;
    private boolean handshakeIsAwaited;
    private boolean makesRoom;
    private volatile boolean passesOver;

    WatchedConnection(WatchedConnections all, Channel channel, HttpServerOptions limits) {
        this.all = all;
        this.channel = channel;
        this.limits = limits;
        this.partial = new Partial(all.unfinished());
        this.bodies = new AwaitedBodies(all.unfinished());
        this.openedAt = all.unfinished().now();
        this.lastActive = openedAt;
        channel.attr(KEY).set(this);
    }

    /** Returns the connection of a request; null if connections are not watched. */
    public static @Nullable WatchedConnection of(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        return connection instanceof HttpServerConnection server
                ? server.channel().attr(KEY).get()
                : null;
    }

    /** Notes that a request's head has arrived. Must be called once for every request, on its event loop. */
    public static void headHasArrived(RoutingContext context) {
        WatchedConnection connection = of(context.request());
        if (connection != null) {
            Object call = connection.arrived(context.request());
            context.addEndHandler(ended -> connection.answered(call));
        }
    }

    LimitedDecoder newDecoder() {
        return new LimitedDecoder(limits, this::hasArrived);
    }

    private void hasArrived(int bytes) {
        if (!partial.isBegun()) {
            partial.begin(unfinished().now());
        }
        partial.grow(bytes);
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
            } else {
                FreshDecoder.onEach(channel, this::newDecoder, request.headers());
            }
        }
        return call;
    }

    private void watchFrames() {
        Http2ConnectionHandler streams = channel.pipeline().get(Http2ConnectionHandler.class);
        http2 = streams;
        WatchedFrames.of(streams, channel.pipeline().context(streams), partial::end);
    }

    /** Records that a call is answered. An interim answer does not count. The next request may already have arrived. */
    private void answered(Object call) {
        if (inWork == call) {
            inWork = null;
        }
        lastActive = unfinished().now();
    }

    /** Awaits the body of the request whose head has just arrived. Its time counts from the beginning of the head. */
    public void await(Unfinished body) {
        bodies.add(body, headSince);
    }

    /** Notes that a part of a body has arrived. */
    public void partHasArrived() {
        partial.end();
    }

    /** Notes that a part of a body has arrived and is dropped. The time continues. */
    public void partIsDropped() {
        partial.dropBytes();
    }

    /** Drops all data that still arrives, for the short time until the connection closes. */
    public void passesOver() {
        passesOver = true;
        partial.end();
    }

    /** Marks the connection to end with its answer, because others wait. */
    public void makesRoom() {
        makesRoom = true;
    }

    boolean isPassedOver() {
        return passesOver;
    }

    public boolean isMakingRoom() {
        return makesRoom;
    }

    /** Stops awaiting a body. */
    public void forget(Unfinished body) {
        partial.end();
        bodies.remove(body);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        all.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && !passesOver) {
            hasArrived(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
        if (!handshakeIsAwaited && !hasBroughtARequest) {
            awaitHandshake();
        }
    }

    /**
     * Ends the unfinished time after the TLS handshake, which is not a request. The client may then wait as on any
     * connection.
     */
    private void awaitHandshake() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            handshakeIsAwaited = true;
            tls.handshakeFuture().addListener(done -> partial.end());
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a caller that waits has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        // The answer to a PING is not an answer to a request.
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

    public UnfinishedRequests unfinished() {
        return all.unfinished();
    }

    Unfinished partial() {
        return partial;
    }

    /** Returns for how long something has been unfinished on the connection, in nanoseconds. */
    long unfinishedFor(long now) {
        if (passesOver) {
            return FIRST;
        }
        if (isShared()) {
            return NOT;
        }
        long awaitedFor = bodies.awaitedFor(now);
        if (awaitedFor != NOT) {
            return awaitedFor;
        }
        if (partial.isBegun()) {
            return now - partial.since();
        }
        return hasBroughtARequest ? NOT : now - openedAt;
    }

    /** Returns for how long the connection has been idle, in nanoseconds. */
    long idleFor(long now) {
        return inWork != null || isShared() ? NOT : now - lastActive;
    }

    /** Returns whether a call is in progress whose request is complete. */
    private boolean isShared() {
        Http2ConnectionHandler streams = http2;
        return streams == null
                ? inWork != null && bodies.number() == 0
                : streams.connection().numActiveStreams() > bodies.number();
    }

    /** Ends the connection to make room. Any thread may call this. A request whose body is awaited gets an answer. */
    void giveUp() {
        channel.eventLoop().execute(this::endToMakeRoom);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void endToMakeRoom() {
        if (bodies.number() == 0) {
            close();
            return;
        }
        bodies.giveUp();
        if (http2 != null) {
            // Netty's graceful close: the connection closes once the answers have ended its streams.
            channel.close();
        }
        // A client that does not read gets no answer and must not keep the connection.
        channel.eventLoop()
                .schedule(() -> channel.pipeline().firstContext().close(), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes gracefully only if that needs no waiting: for HTTP/2, Netty waits for open streams. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void close() {
        if (passesOver || (http2 != null && isShared())) {
            channel.pipeline().firstContext().close();
        } else {
            channel.close();
        }
    }

    /** The data since the last head or part of a body. */
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
            channel.eventLoop().execute(WatchedConnection.this::close);
        }
    }
}
