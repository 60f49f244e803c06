package dev.kerbearer.persistence;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for the tests, started by the same class as in a packaged Kerbearer. */
public final class RunningPostgres implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/postgres")), "data");
            EmbeddedDatabase started = PreparedData.start(folder);
            database = started;
            return Map.of(
                    "quarkus.datasource.jdbc.url", started.jdbcUrl(),
                    "quarkus.datasource.username", started.username(),
                    "quarkus.datasource.password", started.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
