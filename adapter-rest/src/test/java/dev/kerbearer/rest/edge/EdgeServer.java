package dev.kerbearer.rest.edge;

import dev.kerbearer.rest.edge.connection.UnfinishedRequests;
import dev.kerbearer.rest.edge.connection.WatchedConnections;
import dev.kerbearer.rest.edge.connection.WatchedTransport;
import dev.kerbearer.rest.edge.face.AllFaces;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import dev.kerbearer.rest.edge.queue.QueueMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The edge on its own Vert.x instance. It records each routed call and answers 200 with its path and body length. */
final class EdgeServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");
    private static final int TURNS = 500;

    /** The same limit as in the service. */
    static final int LARGEST_HEAD = 80 * 1024;

    private static final HttpServerOptions LIMITS = new HttpServerOptions().setMaxHeaderSize(LARGEST_HEAD);

    final WatchedConnections connections;
    final List<String> routed = Collections.synchronizedList(new ArrayList<>());
    private final List<RoutingContext> withheld = new CopyOnWriteArrayList<>();
    private volatile boolean withholds;
    /** The open connections that have sent their first bytes, whether or not the edge counts them. */
    final AtomicInteger open = new AtomicInteger();

    private final AtomicLong ahead = new AtomicLong();
    private final Vertx vertx;
    private final Router router;
    private final int port;

    EdgeServer(int connections, Duration time, long budget) {
        this(connections, time, budget, 1000);
    }

    /**
     * @param atOnce how many calls run at once; a call runs for as long as its answer is withheld
     */
    EdgeServer(int connections, Duration time, long budget, int atOnce) {
        this(connections, time, budget, atOnce, LIMITS);
    }

    /** Starts a server with these options, such as TLS or the PROXY protocol. */
    static EdgeServer over(HttpServerOptions options) {
        return new EdgeServer(1000, Duration.ofMinutes(1), 1024 * 1024, 1000, options.setMaxHeaderSize(LARGEST_HEAD));
    }

    private EdgeServer(int connections, Duration time, long budget, int atOnce, HttpServerOptions options) {
        LongSupplier nanoTime = () -> System.nanoTime() + ahead.get();
        this.connections = new WatchedConnections(connections, new UnfinishedRequests(time, budget, nanoTime));
        VertxBuilder builder = new VertxBuilder()
                .serviceProviders(List.of(made -> made.findTransport(new WatchedTransport(
                        this.connections, LIMITS, any -> true, request -> router().handle(request)))));
        vertx = builder.init().vertx();
        Admission admission = new Admission(
                AllFaces.FACES, atOnce, authorization -> false, new QueueMetrics(new SimpleMeterRegistry()), nanoTime);
        WireEdge edge = new WireEdge(
                AllFaces.FACES,
                new ShutdownDelay(Optional.empty()),
                admission,
                new Outcomes(new SimpleMeterRegistry(), false),
                Optional.of(new MemorySize(BigInteger.valueOf(1024 * 1024))));
        router = Router.router(vertx);
        edge.register(router);
        router.route().handler(context -> {
            context.request().pause();
            context.next();
        });
        router.route().handler(edge::handle);
        router.route().handler(admission::handle);
        router.route().handler(WaitingRequest::hasItsPlace);
        router.route().handler(this::answer);
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    open.incrementAndGet();
                    connection.closeHandler(closed -> open.decrementAndGet());
                })
                .requestHandler(router);
        port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** Records each call from now on, and answers it later. */
    void withhold() {
        withholds = true;
    }

    /** Answers all withheld calls, and answers new calls at once again. */
    void answerAll() {
        withholds = false;
        List.copyOf(withheld).forEach(context -> vertx.runOnContext(turn -> respond(context)));
    }

    /** Waits until that many calls have passed the edge. */
    void awaitRouted(int number) throws InterruptedException {
        for (int turn = 0; turn < TURNS && routed.size() < number; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (routed.size() < number) {
            throw new AssertionError(routed.size() + " calls instead of " + number);
        }
    }

    private void answer(RoutingContext context) {
        if (withholds) {
            withheld.add(context);
        }
        routed.add(context.normalizedPath());
        if (!withheld.contains(context)) {
            respond(context);
        }
    }

    private static void respond(RoutingContext context) {
        Buffer body = context.body().buffer();
        context.response().end(context.request().path() + " " + (body == null ? 0 : body.length()));
    }

    /** Moves the clock of the connections and the queue forward. */
    void passes(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    private Router router() {
        return router;
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return port;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    Socket send(String text) throws IOException {
        Socket socket = connect();
        write(socket, text);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns a complete request that keeps the connection open. */
    static String whole() {
        return "GET " + AllFaces.IS_AUTH_SERVER + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** Returns a head that announces a body length, and that many sent bytes of the body. */
    static String half(String target, int announced, int sent) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + announced + "\r\n\r\n"
                + "x".repeat(sent);
    }

    /** Reads one answer, as text. */
    static String answerOf(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        InputStream answered = socket.getInputStream();
        while (!isWhole(answer.toString(StandardCharsets.ISO_8859_1))) {
            int next = answered.read();
            if (next < 0) {
                break;
            }
            answer.write(next);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isWhole(String text) {
        int endOfHead = text.indexOf("\r\n\r\n");
        if (endOfHead < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, endOfHead).toLowerCase(Locale.ROOT));
        return !length.find() || text.length() >= endOfHead + 4 + Integer.parseInt(length.group(1));
    }

    /** Waits until the server closes the connection, and returns the text received until then. */
    static String untilClosed(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("the connection is not closed", open);
        } catch (IOException reset) {
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends one byte after another until the server closes the connection. */
    static void drip(Socket socket, char drop) throws InterruptedException {
        for (int turn = 0; turn < 10 * TURNS; turn++) {
            try {
                write(socket, String.valueOf(drop));
            } catch (IOException closed) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("the connection is not closed");
    }

    /** Waits until there are that many connections. */
    void awaitConnections(int number) throws InterruptedException {
        for (int turn = 0; turn < TURNS && connections.number() != number; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (connections.number() != number) {
            throw new AssertionError(connections.number() + " connections instead of " + number);
        }
    }

    /** Waits for a result, such as the answer to an HTTP/2 client. */
    static <T> T awaited(Future<T> result) throws Exception {
        return result.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Waits until at least that many bytes are held. */
    void awaitHeld(long bytes) throws InterruptedException {
        for (int turn = 0; turn < TURNS && connections.unfinished().held() < bytes; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (connections.unfinished().held() < bytes) {
            throw new AssertionError(connections.unfinished().held() + " bytes instead of " + bytes);
        }
    }

    /** Waits until nothing is unfinished. */
    void awaitNothingHeld() throws InterruptedException {
        for (int turn = 0; turn < TURNS && connections.unfinished().held() > 0; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (connections.unfinished().held() > 0) {
            throw new AssertionError(connections.unfinished().held() + " bytes are held");
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
