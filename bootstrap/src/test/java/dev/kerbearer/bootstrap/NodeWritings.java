package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything that a node writes: its log, its PostgreSQL's log, and its database. After each end-to-end test they are
 * searched for secrets. In the heavier suite the nodes log everything.
 */
final class NodeWritings {

    /** {@code TRACE} in the heavier suite. */
    private static final String LEVEL = System.getProperty("kerbearer.e2e.log-level", "INFO");

    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|\\.keys\\.(current|previous))");

    private final Path folder;
    private final Path log;
    private final Map<String, String> configuration;

    NodeWritings(Path folder, Path log, Map<String, String> configuration) {
        this.folder = folder;
        this.log = log;
        this.configuration = configuration;
    }

    /** Returns the configuration of the log level. */
    static Map<String, String> logging() {
        return LEVEL.equals("INFO")
                ? Map.of()
                : Map.of(
                        "quarkus.log.level",
                        LEVEL,
                        "quarkus.log.category.\"io.zonky\".level",
                        LEVEL,
                        "quarkus.log.category.\"org.apache.kerby\".level",
                        LEVEL);
    }

    private Path data() {
        return folder.resolve(configuration.getOrDefault("kerbearer.data-dir", "data"));
    }

    /** Records the passwords and keys that the node was given or has generated. */
    void rememberPasswordsAndKeys() {
        configuration.forEach((key, value) -> {
            if (SECRET_KEY.matcher(key).matches()) {
                List.of(value.split(",")).forEach(SeenSecrets::text);
            }
        });
        for (String generated : List.of("postgresql.password", "keys/current")) {
            Path file = data().resolve(generated);
            if (Files.exists(file)) {
                SeenSecrets.text(new String(read(file), StandardCharsets.US_ASCII).strip());
            }
        }
    }

    /** Fails if the logs hold a secret. */
    void assertLogsHoldNoSecret() {
        assertNoSecret("", 0, Set.of());
    }

    /** Fails if the logs or that dump hold a secret. */
    void assertNothingHoldsASecret(DatabaseDump dump) {
        assertNoSecret(dump.text(), dump.tables(), dump.digests());
    }

    private void assertNoSecret(String rows, int tables, Set<String> digests) {
        rememberPasswordsAndKeys();
        SecretIndex secrets = SeenSecrets.index();
        LeakSearch search = new LeakSearch(secrets, digests);
        byte[] logged = read(log);
        assertThat(secrets.size()).as("secrets to look for").isPositive();
        String text = new String(logged, StandardCharsets.ISO_8859_1);
        // If the start is refused before logging is configured, the log shows no other level.
        if (!LEVEL.equals("INFO") && text.contains("Listening on: ")) {
            assertThat(text).containsAnyOf(" " + LEVEL + " ", "\"level\":\"" + LEVEL + "\"");
        }
        List<String> found = new ArrayList<>(search.in(logged));
        Path postgres = data().resolve("postgresql.log");
        if (Files.exists(postgres)) {
            found.addAll(search.in(read(postgres)));
        }
        found.addAll(search.in(rows.getBytes(StandardCharsets.UTF_8)));
        System.out.printf(
                "%s: %d KiB of log at %s, %d tables with %d KiB, %d spellings of secrets, %d digests: %d found%n",
                folder.getFileName(),
                logged.length / 1024,
                LEVEL,
                tables,
                rows.length() / 1024,
                secrets.size(),
                digests.size(),
                found.size());
        assertThat(found.stream().distinct().limit(20))
                .as("secrets in what the node wrote")
                .isEmpty();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
