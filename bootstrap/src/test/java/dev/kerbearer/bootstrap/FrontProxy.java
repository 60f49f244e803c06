package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A third-party reverse proxy in its own process, with the test's configuration. */
final class FrontProxy implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;

    private FrontProxy(Process process) {
        this.process = process;
    }

    /** Starts nginx with these servers in its {@code http} block. It listens on the port when this returns. */
    static FrontProxy nginx(Path folder, String servers, int port) throws IOException, InterruptedException {
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr;
                events { worker_connections 100; }
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    large_client_header_buffers 4 80k;
                %s
                }
                """.formatted(servers));
        return start(
                folder,
                List.of("nginx", "-e", "stderr", "-p", folder.toString(), "-c", configuration.toString()),
                port);
    }

    /** Starts HAProxy with these proxies. It listens on the port when this returns. */
    static FrontProxy haproxy(Path folder, String proxies, int port) throws IOException, InterruptedException {
        Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                    maxconn 100
                defaults
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                %s
                """.formatted(proxies));
        return start(folder, List.of("haproxy", "-db", "-f", configuration.toString()), port);
    }

    private static FrontProxy start(Path folder, List<String> command, int port)
            throws IOException, InterruptedException {
        Path log = folder.resolve(command.get(0) + ".log");
        FrontProxy proxy = new FrontProxy(
                started(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())));
        Instant end = Instant.now().plus(LIMIT);
        while (!listens(port)) {
            if (!proxy.process.isAlive() || Instant.now().isAfter(end)) {
                proxy.close();
                throw new AssertionError(command.get(0) + " does not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return proxy;
    }

    private static Process started(ProcessBuilder builder) {
        String program = builder.command().get(0);
        // Debian installs these programs outside the PATH of users other than root.
        Path installed = Path.of("/usr/sbin", program);
        if (Files.isExecutable(installed)) {
            List<String> command = new ArrayList<>(builder.command());
            command.set(0, installed.toString());
            builder.command(command);
        }
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new AssertionError("This test needs " + program + "; on Debian: apt-get install " + program, missing);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns a port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
