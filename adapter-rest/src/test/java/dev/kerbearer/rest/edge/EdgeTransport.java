package dev.kerbearer.rest.edge;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The transports of requests to the edge. For each transport, Vert.x starts to decode HTTP at a different step. */
enum EdgeTransport {
    PLAIN(false, false),
    PLAIN_WITHOUT_HTTP2(false, false),
    TLS(true, false),
    PROXY_PROTOCOL(false, true),
    TLS_BEHIND_PROXY_PROTOCOL(true, true);

    private static final String PASSWORD = "changeit";

    private final boolean tls;
    private final boolean proxied;

    EdgeTransport(boolean tls, boolean proxied) {
        this.tls = tls;
        this.proxied = proxied;
    }

    /**
     * Returns a server on this transport.
     *
     * @param folder where to put its key
     */
    EdgeServer server(Path folder) throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setUseProxyProtocol(proxied)
                .setHttp2ClearTextEnabled(this != PLAIN_WITHOUT_HTTP2);
        if (tls) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                            new PfxOptions().setPath(key(folder).toString()).setPassword(PASSWORD));
        }
        return EdgeServer.over(options);
    }

    private static Path key(Path folder) throws Exception {
        Path file = folder.resolve("edge.p12");
        if (!Files.exists(file)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString())
                    .inheritIO()
                    .start();
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new AssertionError("keytool has failed");
            }
        }
        return file;
    }

    /** Connects, and does everything that comes before HTTP. */
    Socket connect(EdgeServer server) throws IOException, GeneralSecurityException {
        Socket socket = server.connect();
        if (proxied) {
            EdgeServer.write(socket, "PROXY TCP4 192.0.2.1 192.0.2.2 1024 443\r\n");
        }
        return tls ? trusting().getSocketFactory().createSocket(socket, host(), server.port(), true) : socket;
    }

    private static String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
    }

    /** Trusts the server of the test, which has a self-signed certificate. */
    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
