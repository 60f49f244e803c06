package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An attacker in the middle: impacket, which relays the sign-ins of its victims to Kerbearer. */
final class Relay implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path errors;
    private final JsonNode ports;
    private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();

    private Relay(Process process, Path errors) throws Exception {
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, "relay");
        reader.setDaemon(true);
        reader.start();
        this.ports = next();
    }

    /**
     * Starts a relay for each target.
     *
     * @param identity has the certificate that victims see
     * @param targets addresses by name
     */
    static Relay start(Path folder, TlsIdentity identity, Map<String, String> targets) throws Exception {
        Path program = Path.of("src/test/resources/relay.py").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/python3",
                program.toString(),
                identity.certificateFile().toString(),
                identity.keyFile().toString()));
        targets.forEach((name, url) -> command.add(name + "=" + url));
        Path errors = folder.resolve("relay.log");
        return new Relay(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("{")) {
                    said.add(JSON.readTree(line));
                }
                line = lines.readLine();
            }
        } catch (IOException ended) {
            // The caller that waits for a line reports it.
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode next() throws Exception {
        @Nullable JsonNode next = said.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("impacket passes nothing on (on Debian: apt-get install python3-impacket):\n"
                    + Files.readString(errors));
        }
        return next;
    }

    /**
     * Returns the port on which it waits for victims with that protocol: {@code smb}, {@code http} or {@code https}.
     */
    int port(String target, String protocol) {
        return ports.path(target).path(protocol).asInt();
    }

    /** Returns the result of the sign-in that was relayed last. All attempts of a victim have the same result. */
    JsonNode outcome(String target) throws Exception {
        JsonNode outcome = next();
        List<JsonNode> more = new ArrayList<>();
        said.drainTo(more);
        assertThat(more).allSatisfy(again -> assertThat(again.path("status")).isEqualTo(outcome.path("status")));
        assertThat(outcome.path("target").asText()).as(outcome.toString()).isEqualTo(target);
        assertThat(outcome.has("status")).as(outcome.toString()).isTrue();
        return outcome;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
