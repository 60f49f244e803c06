package dev.kerbearer.rest.edge.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeParser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Quarkus's own parser of access log patterns, and requests over a socket. */
class AccessLogRequestTest {

    private static final String SECRET = "s3cretT0ken";

    private static final Vertx VERTX = Vertx.vertx();

    private static volatile String pattern = "";
    private static volatile CompletableFuture<String> written = new CompletableFuture<>();
    private static int port;

    @BeforeAll
    static void listen() throws Exception {
        Router router = Router.router(VERTX);
        router.route().handler(context -> {
            written.complete(new ExchangeAttributeParser(AccessLogRequestTest.class.getClassLoader(), List.of())
                    .parse(pattern)
                    .readAttribute(context));
            context.response().end();
        });
        HttpServer server = VERTX.createHttpServer().requestHandler(router);
        port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String written(String tokens, String target, String... fields) throws Exception {
        pattern = tokens;
        written = new CompletableFuture<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, target, fields);
            return written.get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(Socket socket, String target, String... fields) throws IOException {
        String head = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", fields)
                + (fields.length == 0 ? "" : "\r\n") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().read();
    }

    /** Every token of a pattern that shows a part of the request's target. */
    private static final String ALL_OF_THE_TARGET =
            "%r %{REQUEST_LINE} %U %{REQUEST_URL} %<U %{<REQUEST_URL} %R %{REQUEST_PATH} %<R %{<REQUEST_PATH}"
                    + " %q %{QUERY_STRING} %{BARE_QUERY_STRING} %<q %{<QUERY_STRING} %{<BARE_QUERY_STRING}"
                    + " %{q,token} %{q,access_token} %{<q,token}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vedauth/authorize/verify?access_token=" + SECRET,
                "/vedauth/authorize/verify?token=" + SECRET,
                "/vedauth/authorize/verify?TOKEN=" + SECRET + "&a=b",
                "/vedauth/authorize/verify?%74oken=" + SECRET,
                "/vedauth/authorize/verify?" + SECRET,
                "/vedauth/authorize/verify?a=b?token=" + SECRET,
                "/vedauth/authorize/verify;access_token=" + SECRET,
                "/vedauth/authorize/verify%3Faccess_token=" + SECRET,
                "/vedauth/authorize/verify%3baccess_token=" + SECRET,
                "http://localhost/vedauth/authorize/verify?token=" + SECRET,
                "/nowhere?token=" + SECRET
            })
    void noQueryIsWritten(String target) throws Exception {
        assertThat(written(ALL_OF_THE_TARGET, target)).doesNotContain(SECRET).contains("<hidden>");
    }

    @Test
    void theRestOfTheRequestIsWritten() throws Exception {
        assertThat(written("%r|%U|%R|%q", "/vedauth/authorize/verify"))
                .isEqualTo(
                        "GET /vedauth/authorize/verify HTTP/1.1|/vedauth/authorize/verify|/vedauth/authorize/verify|");
        assertThat(written("%r", "/a?b=c")).isEqualTo("GET /a?<hidden> HTTP/1.1");
        assertThat(written("%{i,User-Agent}", "/", "User-Agent: curl/8 (x; y)")).isEqualTo("curl/8 (x; y)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer " + SECRET,
                "authorization: Negotiate " + SECRET,
                "Proxy-Authorization: Basic " + SECRET,
                "Cookie: session=" + SECRET,
                "Referer: https://app.example/page?token=" + SECRET
            })
    void noCredentialsAreWritten(String field) throws Exception {
        String name = field.substring(0, field.indexOf(':'));
        String tokens = "%{i," + name + "} %{ALL_REQUEST_HEADERS} %{c,session}";
        assertThat(written(tokens, "/", field)).doesNotContain(SECRET).contains("<hidden>");
    }
}
