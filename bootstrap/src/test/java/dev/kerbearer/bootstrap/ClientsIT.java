package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Third-party clients, used as docs/clients.md shows, with tickets of a real KDC. */
class ClientsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Practice practice;
    private static RunningKerbearer kerbearer;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        kerbearer = RunningKerbearer.start(practice.folder("node"), practice.configuration());
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void curlSignsIn() throws Exception {
        JsonNode answer =
                curl("--negotiate", "-u", ":", "-H", "Content-Type: application/json", "-d", Practice.REQUEST);
        assertThat(answer.path("identity").asText()).isEqualTo(Practice.ALICE);
        assertThat(Practice.verify(kerbearer.port(), answer.path("access_token").asText())
                        .status())
                .isEqualTo(200);
    }

    /** curl chooses one of the methods that the service offers. */
    @Test
    void curlSignsInWithAnyOfferedMethod() throws Exception {
        JsonNode answer = curl(
                "--anyauth",
                "-u",
                ":",
                "--data-urlencode",
                "client_id=sample-client",
                "--data-urlencode",
                "scope=ssh:manage");
        assertThat(answer.path("scope").asText()).isEqualTo("ssh:manage");
    }

    /** Every client that gets TLS and supports HTTP/2 uses it automatically. */
    @Test
    void curlSignsInOverHttp2() throws Exception {
        JsonNode answer = curl(
                "--http2-prior-knowledge",
                "--negotiate",
                "-u",
                ":",
                "-H",
                "Content-Type: application/json",
                "-d",
                Practice.REQUEST);
        assertThat(answer.path("identity").asText()).isEqualTo(Practice.ALICE);
    }

    @Test
    void theFirstRequestOverHttp2NeedsNoBody() throws Exception {
        Process curl = started(new ProcessBuilder(
                "curl",
                "--silent",
                "--http2-prior-knowledge",
                "-X",
                "POST",
                "-w",
                " %{http_code}",
                authorize().toString()));
        assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Windows authentication is required")
                .endsWith(" 401");
    }

    /** Such a call would hold a worker for as long as its client likes. */
    @Test
    void anHttp2CallWithABodyOfUnknownLengthIsAnsweredAtOnce() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "curl",
                "--silent",
                "--http2-prior-knowledge",
                "-X",
                "POST",
                "-T",
                ".",
                "-H",
                "Content-Type: application/json",
                "-w",
                " %{http_code}",
                "http://localhost:" + kerbearer.port() + Practice.TOKEN);
        Process curl = started(builder);
        try {
            curl.getOutputStream().write('{');
            curl.getOutputStream().flush();
            StringBuilder answer = new StringBuilder();
            Reader reader = new InputStreamReader(curl.getInputStream(), StandardCharsets.UTF_8);
            while (answer.indexOf("}") < 0) {
                int next = reader.read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            assertThat(answer).contains("invalid_request");
        } finally {
            curl.destroyForcibly();
        }
    }

    @Test
    void httpUrlConnectionSignsIn() throws Exception {
        JsonNode answer = practice.user("alice").run(() -> {
            HttpURLConnection connection =
                    (HttpURLConnection) authorize().toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(Practice.REQUEST.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(connection.getResponseCode()).isEqualTo(200);
            return JSON.readTree(connection.getInputStream());
        });
        assertThat(answer.path("identity").asText()).isEqualTo(Practice.ALICE);
    }

    @Test
    void httpClientSignsInWithATokenThatItCreatesItself() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(authorize())
                .version(HttpClient.Version.HTTP_1_1)
                .header(
                        "Authorization",
                        Practice.negotiate(practice.user("alice").token("HTTP/localhost")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Practice.REQUEST))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("identity").asText()).isEqualTo(Practice.ALICE);
    }

    private static URI authorize() {
        return URI.create("http://localhost:" + kerbearer.port() + Practice.AUTHORIZE);
    }

    private static JsonNode curl(String... arguments) throws IOException, InterruptedException {
        Path errors = practice.folder("curl").resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder("curl", "--silent", "--show-error", "--fail-with-body");
        builder.command().addAll(List.of(arguments));
        builder.command().add(authorize().toString());
        builder.environment().put("KRB5_CONFIG", practice.krb5Conf().toString());
        builder.environment().put("KRB5CCNAME", practice.cacheOf("alice").toString());
        Process curl = started(builder.redirectError(errors.toFile()));
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as(answer + Files.readString(errors)).isZero();
        return JSON.readTree(answer);
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "This test needs a curl that knows GSS-API on the PATH; on Debian: apt-get install curl", missing);
        }
    }
}
