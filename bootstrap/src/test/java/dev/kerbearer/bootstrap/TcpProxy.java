package dev.kerbearer.bootstrap;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A TCP proxy on loopback that can fail as networks do. */
final class TcpProxy implements AutoCloseable {

    private enum Mode {
        FORWARD,
        SWALLOW,
        RESET
    }

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final AtomicLong sent = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.FORWARD;

    private TcpProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /** Starts a proxy for that port. */
    static TcpProxy to(int target) throws IOException {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    }

    /** Starts a proxy for a port of another address. */
    static TcpProxy to(InetSocketAddress target) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Starts a proxy for that port that terminates TLS. */
    static TcpProxy endingTls(SSLContext tls, int target) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        TcpProxy proxy = new TcpProxy(
                tls.getServerSocketFactory().createServerSocket(0, 200, loopback),
                new InetSocketAddress(loopback, target));
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the number of bytes that clients have sent through it so far. */
    long sent() {
        return sent.get();
    }

    /** Turns into a black hole: connections are accepted and kept, but nothing that is sent arrives. */
    void swallow() {
        mode = Mode.SWALLOW;
    }

    /** Cuts off all connections, and new ones as soon as they are made. */
    void reset() {
        mode = Mode.RESET;
        sockets.forEach(TcpProxy::cutOff);
    }

    /** Lets new connections work again. Connections that lost data stay dead, and their ends are not informed. */
    void heal() {
        mode = Mode.FORWARD;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException refused) {
                // The next connection may succeed.
                Thread.onSpinWait();
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        if (mode == Mode.RESET) {
            cutOff(client);
            return;
        }
        InputStream request = client.getInputStream();
        if (mode == Mode.SWALLOW) {
            threads.execute(() -> pump(request, OutputStream.nullOutputStream(), client));
            return;
        }
        Socket upstream = new Socket(target.getAddress(), target.getPort());
        sockets.add(upstream);
        OutputStream onwards = upstream.getOutputStream();
        InputStream answered = upstream.getInputStream();
        OutputStream back = client.getOutputStream();
        threads.execute(() -> pump(request, counted(onwards), upstream));
        threads.execute(() -> pump(answered, back, client));
    }

    private OutputStream counted(OutputStream onwards) {
        return new FilterOutputStream(onwards) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                sent.addAndGet(length);
                out.write(bytes, offset, length);
            }
        };
    }

    private void pump(InputStream from, OutputStream to, Socket ends) {
        byte[] buffer = new byte[8192];
        boolean lost = false;
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                lost |= mode == Mode.SWALLOW;
                if (!lost) {
                    to.write(buffer, 0, read);
                }
            }
        } catch (IOException cutOff) {
            // The other end is informed below, unless a black hole prevents it.
            lost |= mode == Mode.SWALLOW;
        }
        if (!lost) {
            cutOff(ends);
        }
    }

    private static void cutOff(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(TcpProxy::cutOff);
        threads.shutdownNow();
    }
}
