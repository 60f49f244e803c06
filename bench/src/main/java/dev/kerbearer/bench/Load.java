package dev.kerbearer.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests over kept-alive connections. One thread drives all connections, so that the load uses little of the
 * machine.
 *
 * <p>Closed: each connection sends its next request after the last answer, or a moment later after a refusal. Without
 * this pause, it would keep a cold node overloaded. Open: requests come at random moments (Poisson) at a given rate,
 * whatever the answers are. Their time counts from the moment they were due.
 */
final class Load {

    static final byte[] NONE = {};

    /** The status of a refusal because of overload. */
    static final int REFUSED = 503;

    private static final int BUFFER = 32 * 1024;
    private static final long STALLED_SECONDS = 60;
    private static final long REST_MILLIS = 200;

    /** The source of requests; {@link #NONE} if there are no more. */
    @FunctionalInterface
    interface Requests {
        byte[] next();
    }

    /** Receives every answer. */
    @FunctionalInterface
    interface Answers {
        void take(int status, String answer);

        /** Receives a request that was refused because the node is busy. */
        default void refused(byte[] request) {}
    }

    /** Returns the next request after an answer within a call; {@link #NONE} after the last answer. */
    @FunctionalInterface
    interface Dialogue {
        byte[] next(int status, String answer);
    }

    private static final Dialogue ONE_ANSWER = (status, answer) -> NONE;

    private final InetSocketAddress service;
    private final int expected;
    private final Answers answers;
    private final Dialogue dialogue;
    private final boolean closed;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Connection> resting = new ArrayDeque<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Selector selector;
    private final Times good = new Times();
    private final Times other = new Times();
    private final Times lag = new Times();
    private long countFrom;
    private int connections;
    private int inFlight;
    private int broken;

    private Load(int port, int expected, Answers answers, Dialogue dialogue, boolean closed) throws IOException {
        this.dialogue = dialogue;
        this.closed = closed;
        this.countFrom = Long.MIN_VALUE;
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.expected = expected;
        this.answers = answers;
        this.selector = Selector.open();
    }

    static LoadResult closed(int port, int connections, Requests requests, int expected, Answers answers) {
        return closed(port, connections, requests, expected, answers, ONE_ANSWER);
    }

    /** Sends calls of several requests each; the time of a call covers all its requests. */
    static LoadResult closed(
            int port, int connections, Requests requests, int expected, Answers answers, Dialogue dialogue) {
        try {
            return new Load(port, expected, answers, dialogue, true).closed(connections, requests);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Sends an open load. The first {@code leftOut} seconds, which create connections and warm up the path, are not
     * counted.
     */
    static LoadResult open(
            int port,
            int connections,
            double perSecond,
            double leftOut,
            double seconds,
            Requests requests,
            int expected) {
        try {
            return new Load(port, expected, (status, answer) -> {}, ONE_ANSWER, false)
                    .open(connections, perSecond, leftOut, seconds, requests);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private LoadResult closed(int count, Requests requests) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            idle.add(new Connection());
        }
        boolean more = true;
        while (more || inFlight > 0) {
            while (!resting.isEmpty() && resting.peek().restsUntil <= System.nanoTime()) {
                idle.push(resting.remove());
            }
            while (more && !idle.isEmpty()) {
                byte[] request = requests.next();
                more = request != NONE;
                if (more) {
                    idle.pop().send(request, System.nanoTime());
                }
            }
            if (inFlight > 0 || more) {
                turn(resting.isEmpty() ? TimeUnit.SECONDS.toMillis(STALLED_SECONDS) : REST_MILLIS);
            }
        }
        return result(start);
    }

    private LoadResult open(int most, double perSecond, double leftOut, double seconds, Requests requests)
            throws IOException {
        System.gc();
        long start = System.nanoTime() + (long) (leftOut * 1e9);
        countFrom = start;
        long end = start + (long) (seconds * 1e9);
        double next = System.nanoTime();
        boolean more = true;
        while (more || inFlight > 0 || !due.isEmpty()) {
            long now = System.nanoTime();
            while (more && next <= now) {
                due.add((long) next);
                next += -Math.log(1 - ThreadLocalRandom.current().nextDouble()) * 1e9 / perSecond;
                more = next < end;
            }
            while (!due.isEmpty() && (!idle.isEmpty() || connections < most)) {
                Connection connection = idle.isEmpty() ? new Connection() : idle.pop();
                byte[] request = requests.next();
                if (request == NONE) {
                    due.clear();
                    more = false;
                    idle.push(connection);
                } else {
                    connection.send(request, due.remove());
                }
            }
            // Requests are up to a millisecond late, which the times include. Checking the clock all the time would use
            // a whole processor.
            long untilNext = (long) Math.ceil((next - System.nanoTime()) / 1e6);
            turn(more ? Math.max(0, untilNext) : STALLED_SECONDS * 1000);
        }
        return result(start);
    }

    private LoadResult result(long start) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        return new LoadResult(good.sorted(), other.sorted(), statuses, broken, seconds, lag.sorted());
    }

    private void turn(long millis) throws IOException {
        if (inFlight == 0 && millis > 1000) {
            return;
        }
        int ready = millis <= 0 ? selector.selectNow() : selector.select(millis);
        if (ready == 0 && millis == STALLED_SECONDS * 1000) {
            throw new IllegalStateException("no answer for " + STALLED_SECONDS + " s");
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((Connection) key.attachment()).readable();
        }
        selector.selectedKeys().clear();
    }

    private final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
        private long since;
        private byte[] request = NONE;
        private long restsUntil;

        Connection() throws IOException {
            channel = SocketChannel.open(service);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            connections++;
        }

        void send(byte[] request, long at) throws IOException {
            since = at;
            inFlight++;
            this.request = request;
            write(request);
            if (at >= countFrom) {
                lag.add(System.nanoTime() - at);
            }
        }

        private void write(byte[] request) throws IOException {
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        void readable() throws IOException {
            if (read() < 0) {
                channel.close();
                connections--;
                // The service closes a connection that has been idle for long.
                if (!idle.remove(this) && !resting.remove(this)) {
                    inFlight--;
                    broken++;
                }
                return;
            }
            int end = EndOfAnswer.of(in);
            if (end < 0) {
                return;
            }
            String answer = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
            int status = Integer.parseInt(answer.substring(9, 12));
            in.clear();
            byte[] next = dialogue.next(status, answer);
            if (next == NONE) {
                ended(status, answer);
            } else {
                write(next);
            }
        }

        private void ended(int status, String answer) {
            long time = System.nanoTime() - since;
            if (since >= countFrom) {
                (status == expected ? good : other).add(since, time);
                statuses.merge(status, 1L, Long::sum);
            }
            inFlight--;
            if (closed && status == REFUSED) {
                restsUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);
                resting.add(this);
            } else {
                idle.push(this);
            }
            answers.take(status, answer);
            if (status == REFUSED) {
                answers.refused(request);
            }
        }

        private int read() {
            try {
                return channel.read(in);
            } catch (IOException reset) {
                return -1;
            }
        }
    }
}
