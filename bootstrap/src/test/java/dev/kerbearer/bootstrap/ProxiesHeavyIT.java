package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Behind nginx and HAProxy, which append to what the client sends or replace it, the audit log has the client's own
 * address. All forwarding headers that the test clients add are forged. Clients are at 127.0.0.9 and ::1, the proxies
 * at 127.0.0.1.
 */
class ProxiesHeavyIT {

    private static final String CLIENT = "127.0.0.9";

    /** Headers that a client may send to fake its address. */
    private static final List<Map<String, String>> FORGED = List.of(
            Map.of(),
            Map.of("X-Forwarded-For", "6.6.6.6", "Forwarded", "for=6.6.6.6;proto=https", "X-Forwarded-Proto", "https"),
            Map.of("X-Forwarded-For", ", 127.0.0.1", "Forwarded", "for=\"6.6.6.6", "X-Forwarded-Ssl", "on"),
            Map.of("X-Forwarded-For", "", "Forwarded", "", "X-Forwarded-Proto", ""),
            Map.of("X-Forwarded-For", "unknown", "Forwarded", "for=_hidden, for=\"[2001:db8::1]:4711\""));

    private static Practice practice;
    private static OperatorsPostgres database;
    private static EmbeddedTables tables;
    private static RunningKerbearer xForwarded;
    private static RunningKerbearer standard;
    private static RunningKerbearer proxyProtocol;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        database = OperatorsPostgres.start(practice.folder("database"));
        xForwarded = node("x-forwarded", "quarkus.http.proxy.proxy-address-forwarding");
        standard =
                node("forwarded", "quarkus.http.proxy.proxy-address-forwarding", "quarkus.http.proxy.allow-forwarded");
        proxyProtocol = node("proxy-protocol", "quarkus.http.proxy.use-proxy-protocol");
        tables = database.tables();
    }

    private static RunningKerbearer node(String name, String... switchedOn) {
        Map<String, String> configuration = database.configured(practice.configuration());
        configuration.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        for (String key : switchedOn) {
            configuration.put(key, "true");
        }
        return RunningKerbearer.start(practice.folder(name), configuration);
    }

    @AfterAll
    static void stop() throws Exception {
        tables.close();
        for (RunningKerbearer node : List.of(xForwarded, standard, proxyProtocol)) {
            node.close();
        }
        database.close();
        practice.close();
    }

    @Test
    void behindNginxTheAddressIsTheClients() throws Exception {
        int appending = FrontProxy.freePort();
        int replacing = FrontProxy.freePort();
        int withPorts = FrontProxy.freePort();
        int standardAppending = FrontProxy.freePort();
        int standardReplacing = FrontProxy.freePort();
        String servers = """
                map $remote_addr $element {
                    ~^[0-9.]+$ "for=$remote_addr:$remote_port;proto=http";
                    default    "for=\\"[$remote_addr]:$remote_port\\";proto=http";
                }
                map $remote_addr $with_port {
                    ~^[0-9.]+$ "$remote_addr:$remote_port";
                    default    "[$remote_addr]:$remote_port";
                }
                """
                + nginxServer(appending, xForwarded, "X-Forwarded-For $proxy_add_x_forwarded_for")
                + nginxServer(replacing, xForwarded, "X-Forwarded-For $remote_addr")
                + nginxServer(withPorts, xForwarded, "X-Forwarded-For \"$http_x_forwarded_for, $with_port\"")
                + nginxServer(standardAppending, standard, "Forwarded \"$http_forwarded, $element\"")
                + nginxServer(standardReplacing, standard, "Forwarded $element");
        try (FrontProxy nginx = FrontProxy.nginx(practice.folder("nginx"), servers, replacing)) {
            for (int port : new int[] {appending, replacing, withPorts, standardReplacing}) {
                assertAddressIsTheClients(port);
            }
            for (Map<String, String> forged : FORGED) {
                if (!forged.getOrDefault("Forwarded", "").equals("for=\"6.6.6.6")) {
                    assertThat(addressOfRevocation(standardAppending, CLIENT, forged))
                            .isEqualTo(CLIENT + " ok");
                }
            }
            assertThat(addressOfRevocation(standardAppending, CLIENT, Map.of("Forwarded", "for=\"6.6.6.6")))
                    .as("an unclosed quote makes the header unreadable")
                    .startsWith("127.0.0.1 ok (forwarded for \"for=\"6.6.6.6, for=" + CLIENT);
            assertThat(nginx).isNotNull();
        }
    }

    private static String nginxServer(int port, RunningKerbearer node, String header) {
        return """
                server {
                    listen 127.0.0.1:%1$d;
                    listen [::1]:%1$d;
                    location / {
                        proxy_pass http://127.0.0.1:%2$d;
                        proxy_set_header %3$s;
                        proxy_set_header X-Forwarded-Proto $scheme;
                    }
                }
                """.formatted(port, node.port(), header);
    }

    @Test
    void behindHaproxyTheAddressIsTheClients() throws Exception {
        int appending = FrontProxy.freePort();
        int replacing = FrontProxy.freePort();
        int standardAppending = FrontProxy.freePort();
        int versionOne = FrontProxy.freePort();
        int versionTwo = FrontProxy.freePort();
        Path socket = practice.folder("haproxy").resolve("s");
        String proxies = haproxyListen(
                        "appending",
                        "http",
                        appending,
                        xForwarded,
                        "",
                        "option forwardfor",
                        "http-request set-header X-Forwarded-Proto http")
                + haproxyListen(
                        "replacing",
                        "http",
                        replacing,
                        xForwarded,
                        "",
                        "http-request set-header X-Forwarded-For %[src]",
                        "http-request set-header X-Forwarded-Proto http")
                + haproxyListen(
                        "standard",
                        "http",
                        standardAppending,
                        standard,
                        "",
                        "http-request add-header Forwarded for=\\\"[%[src]]:%[src_port]\\\";proto=http if !{ src 0.0.0.0/0 }",
                        "http-request add-header Forwarded for=%[src];proto=http if { src 0.0.0.0/0 }")
                + haproxyListen("v1", "tcp", versionOne, proxyProtocol, "send-proxy")
                + haproxyListen("v2", "tcp", versionTwo, proxyProtocol, "send-proxy-v2", "bind unix@" + socket);
        try (FrontProxy haproxy = FrontProxy.haproxy(practice.folder("haproxy"), proxies, versionTwo)) {
            for (int port : new int[] {appending, replacing, standardAppending, versionOne, versionTwo}) {
                assertAddressIsTheClients(port);
            }
            RawHttp revocation = revocation(proxyProtocol.port(), Map.of());
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                client.connect(UnixDomainSocketAddress.of(socket));
                client.write(ByteBuffer.wrap(revocation.bytes()));
                assertThat(Answer.of(Channels.newInputStream(client).readAllBytes())
                                .status())
                        .isEqualTo(200);
            }
            assertThat(lastLine()).startsWith("127.0.0.1 ok");
            assertThat(haproxy).isNotNull();
        }
    }

    private static String haproxyListen(
            String name, String mode, int port, RunningKerbearer node, String how, String... lines) {
        return """
                listen %1$s
                    mode %2$s
                    bind 127.0.0.1:%3$d
                    bind [::1]:%3$d
                    %4$s
                    server node 127.0.0.1:%5$d %6$s
                """.formatted(name, mode, port, String.join("\n    ", lines), node.port(), how);
    }

    private static void assertAddressIsTheClients(int port) throws IOException {
        for (Map<String, String> forged : FORGED) {
            for (String client : List.of(CLIENT, "::1")) {
                assertThat(addressOfRevocation(port, client, forged))
                        .as("%s, at port %d, forging %s", client, port, forged)
                        .isEqualTo(client + " ok");
            }
        }
    }

    /** Written by hand, because HAProxy only reports such a client as unknown. */
    @Test
    void aClientWithoutAnAddressGetsTheProxysAddress() throws Exception {
        byte[] names = new byte[216];
        byte[] path = "/run/client.sock".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(path, 0, names, 0, path.length);
        assertThat(addressAfter(version2(0x21, 0x31, names)))
                .isEqualTo("127.0.0.1 ok (forwarded for \"/run/client.sock\")");
        assertThat(addressAfter(version2(0x21, 0x31, new byte[216]))).isEqualTo("127.0.0.1 ok (forwarded for \"\")");
        assertThat(addressAfter(version2(0x20, 0x00, new byte[0])))
                .as("the proxy's own call")
                .isEqualTo("127.0.0.1 ok");
        assertThat(addressAfter(ascii("PROXY UNKNOWN\r\n"))).isEqualTo("127.0.0.1 ok");
        assertThat(addressAfter(ascii("PROXY TCP6 2001:db8::1 ::1 4711 8080\r\n")))
                .isEqualTo("2001:db8::1 ok");
    }

    /** Otherwise anyone who reaches the port without the proxy could claim any address. */
    @Test
    void headersFromAnUndeclaredProxyAreIgnored() throws Exception {
        Answer answer = ask(CLIENT, proxyProtocol.port(), ascii("PROXY TCP4 6.6.6.6 127.0.0.1 1 2\r\n"), Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(lastLine()).isEqualTo(CLIENT + " ok");
        assertThat(addressOfRevocation(
                        xForwarded.port(), CLIENT, Map.of("X-Forwarded-For", "6.6.6.6", "Forwarded", "for=6.6.6.6")))
                .isEqualTo(CLIENT + " ok");
    }

    private static byte[] version2(int command, int family, byte[] addresses) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a});
        header.write(command);
        header.write(family);
        header.write(addresses.length >> 8);
        header.write(addresses.length);
        header.writeBytes(addresses);
        return header.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String addressAfter(byte[] header) throws IOException {
        assertThat(ask("127.0.0.1", proxyProtocol.port(), header, Map.of()).status())
                .isEqualTo(200);
        return lastLine();
    }

    private static String addressOfRevocation(int port, String client, Map<String, String> headers) throws IOException {
        Answer answer = ask(client, port, new byte[0], headers);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        return lastLine();
    }

    /** Revokes a token from that address. */
    private static Answer ask(String client, int port, byte[] before, Map<String, String> headers) throws IOException {
        InetAddress from = InetAddress.getByName(client);
        InetAddress to = InetAddress.getByName(client.equals("::1") ? "::1" : "127.0.0.1");
        byte[] request = revocation(port, headers).bytes();
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(to, port));
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            byte[] all = Arrays.copyOf(before, before.length + request.length);
            System.arraycopy(request, 0, all, before.length, request.length);
            out.write(all);
            InputStream in = socket.getInputStream();
            return Answer.of(in.readAllBytes());
        }
    }

    private static RawHttp revocation(int port, Map<String, String> headers) {
        RawHttp request = RawHttp.get(port, Practice.REVOKE)
                .header(
                        "Authorization",
                        "Bearer " + practice.aliceAuthorizes(xForwarded.port()).accessToken())
                .header("Connection", "close");
        headers.forEach(request::header);
        return request;
    }

    private static String lastLine() {
        try {
            return String.join(
                    " ",
                    tables.row("select address, outcome from audit_events where action = 'GRANT_REVOKED'"
                            + " order by id desc limit 1"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
