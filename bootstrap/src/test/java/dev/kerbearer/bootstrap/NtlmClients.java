package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Programs that sign in with NTLM, without a ticket. */
final class NtlmClients {

    private static final Path PAGE = Path.of("../docs/clients.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    NtlmClients(Path folder) {
        this.folder = folder;
    }

    /**
     * A user.
     *
     * @param domain may be empty
     */
    record User(String domain, String name, String password) {

        String qualified() {
            return domain.isEmpty() ? name : domain + "\\" + name;
        }
    }

    /** The last answer that a client got. */
    record Reply(int status, JsonNode json) {

        String identity() {
            return json.path("identity").asText();
        }

        String description() {
            return json.path("error_description").asText();
        }
    }

    /** A client. */
    @FunctionalInterface
    interface Client {
        Reply authorize(User user, int port, String request) throws Exception;
    }

    /** Returns all clients that need only a name and a password, by name. */
    Map<String, Client> all() {
        return Map.of(
                "curl --ntlm", curl("--ntlm"),
                "curl --anyauth with gss-ntlmssp", gssNtlmssp("--anyauth"),
                "curl --negotiate with gss-ntlmssp", gssNtlmssp("--negotiate"),
                "requests-ntlm", this::requestsNtlm,
                "HttpURLConnection", this::httpUrlConnection);
    }

    Client named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    private Client curl(String method) {
        return (user, port, request) ->
                curl(Map.of(), port, request, method, "-u", user.qualified() + ":" + user.password());
    }

    private Client gssNtlmssp(String method) {
        return (user, port, request) ->
                curl(Map.of("NTLM_USER_FILE", userFile(user).toString()), port, request, method, "-u", ":");
    }

    private Path userFile(User user) throws IOException {
        Path file = Files.createTempFile(
                folder, "ntlm", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, user.domain() + ":" + user.name() + ":" + user.password() + "\n");
    }

    private Reply curl(Map<String, String> environment, int port, String request, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "-w", "\n%{http_code}"));
        command.addAll(List.of(options));
        command.addAll(List.of("-H", "Content-Type: application/json", "-d", request, url(port)));
        String said = said(command, environment);
        int line = said.lastIndexOf('\n');
        return new Reply(Integer.parseInt(said.substring(line + 1).strip()), JSON.readTree(said.substring(0, line)));
    }

    /** Runs the snippet of the documentation page. */
    private Reply requestsNtlm(User user, int port, String request) throws Exception {
        Matcher snippet = Pattern.compile("```python\n((?:(?!```).)*?HttpNtlmAuth.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(snippet.find()).isTrue();
        String program = snippet.group(1)
                .replace("https://auth.example.com", "http://localhost:" + port)
                .replace("{\"client_id\": \"sample-client\", \"scope\": \"certificate:discover,manage\"}", request);
        Path file = Files.writeString(folder.resolve("client.py"), program);
        String said = said(
                List.of("/usr/bin/python3", file.toString()),
                Map.of(
                        "NTLM_USER", user.qualified(),
                        "NTLM_PASSWORD", user.password(),
                        "OPENSSL_CONF", opensslConf().toString()));
        Matcher good = Pattern.compile("signed in as (\\S+)").matcher(said);
        if (good.find()) {
            return new Reply(200, JSON.createObjectNode().put("identity", good.group(1)));
        }
        Matcher bad = Pattern.compile("(?m)^(\\d{3}) (.*)$").matcher(said);
        assertThat(bad.find()).as(said).isTrue();
        return new Reply(
                Integer.parseInt(bad.group(1)), JSON.createObjectNode().put("error_description", bad.group(2)));
    }

    /** Also as the documentation page shows it. */
    Path opensslConf() throws IOException {
        Matcher snippet = Pattern.compile("```ini\n((?:(?!```).)*?legacy.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(snippet.find()).isTrue();
        return Files.writeString(folder.resolve("openssl.cnf"), snippet.group(1));
    }

    /** Gives the password only once. Java asks again after a wrong password, up to twenty times. */
    private static final class Once extends Authenticator {
        private final User user;
        private boolean asked;

        Once(User user) {
            this.user = user;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            if (asked || !getRequestingScheme().equalsIgnoreCase("NTLM")) {
                return null;
            }
            asked = true;
            return new PasswordAuthentication(user.qualified(), user.password().toCharArray());
        }
    }

    private Reply httpUrlConnection(User user, int port, String request) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url(port)).toURL().openConnection();
        connection.setAuthenticator(new Once(user));
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(request.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, JSON.readTree(body));
        } finally {
            connection.disconnect();
        }
    }

    /** Signs in as Windows does, with an integrity code unless the client is set to send none. */
    static Answer windows(NtlmClient client, int port, String request) {
        return windows(client, UnaryOperator.identity(), port, request);
    }

    /**
     * Signs in as Windows does, with an attacker who changes a message.
     *
     * @param meddler changes the last message
     */
    static Answer windows(NtlmClient client, UnaryOperator<byte[]> meddler, int port, String request) {
        try (KeptConnection connection = KeptConnection.to(port)) {
            Answer challenged = ask(connection, port, client.negotiate(), request);
            if (challenged.status() != 401 || !challenge(challenged).startsWith("NTLM ")) {
                return challenged;
            }
            byte[] type2 = Base64.getDecoder().decode(challenge(challenged).substring(5));
            return ask(connection, port, meddler.apply(client.authenticate(type2)), request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String challenge(Answer answer) {
        return Optional.of(answer.headers("WWW-Authenticate"))
                .filter(all -> !all.isEmpty())
                .map(all -> all.get(0))
                .orElse("");
    }

    private static Answer ask(KeptConnection connection, int port, byte[] message, String request) {
        return connection
                .ask(RawHttp.post(port, Practice.AUTHORIZE)
                        .header("Authorization", "NTLM " + Base64.getEncoder().encodeToString(message))
                        .json(request))
                .orElseThrow();
    }

    private static String url(int port) {
        return "http://localhost:" + port + Practice.AUTHORIZE;
    }

    private String said(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("KRB5CCNAME", folder.resolve("no-ticket").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command.get(0) + " does not end:\n" + Files.readString(said));
        }
        return Files.readString(said);
    }
}
