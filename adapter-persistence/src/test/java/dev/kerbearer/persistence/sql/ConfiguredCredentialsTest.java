package dev.kerbearer.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.persistence.PostgresStorage;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.agroal.runtime.AgroalVaultCredentialsProviderPassword;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the connection pool of Quarkus, assembled as Quarkus does it. */
class ConfiguredCredentialsTest {

    @TempDir
    Path folder;

    @Test
    void aPasswordThatIsChangedInItsFileIsUsedForTheNextConnection() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("data"))) {
            Files.writeString(secrets.resolve("quarkus.datasource.username"), server.username());
            Files.writeString(secrets.resolve("quarkus.datasource.password"), server.password());
            try (AgroalDataSource pool = pool(server, secrets);
                    Connection open = pool.getConnection()) {
                execute(open, "create role other login password 'first'");
                execute(open, "alter role postgres password 'rotated'");
                assertThatThrownBy(() -> loginRole(pool))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
                execute(open, "select 1");

                Files.writeString(secrets.resolve("quarkus.datasource.password"), "rotated");
                assertThat(loginRole(pool)).isEqualTo("postgres");

                Files.writeString(secrets.resolve("quarkus.datasource.username"), "other");
                Files.writeString(secrets.resolve("quarkus.datasource.password"), "first");
                assertThat(loginRole(pool)).as("another role").isEqualTo("other");
            }
        }
    }

    /** The pool's thread can still have the interrupt of an earlier attempt to connect. */
    @Test
    void anEarlierInterruptDoesNotPreventTheRead() throws IOException {
        Files.writeString(folder.resolve("quarkus.datasource.password"), "known");
        AgroalVaultCredentialsProviderPassword credential =
                new AgroalVaultCredentialsProviderPassword("configured", PostgresStorage.credentials(config(folder)));
        Thread.currentThread().interrupt();
        assertThat(credential.asProperties()).containsExactly(Map.entry("password", "known"));
    }

    private static SmallRyeConfig config(Path secrets) {
        return new SmallRyeConfigBuilder().withSources(new SecretsIn(secrets)).build();
    }

    /** Each connection is a new one, as if the pool were always empty. */
    private static AgroalDataSource pool(EmbeddedDatabase server, Path secrets) throws SQLException {
        SmallRyeConfig config = config(secrets);
        AgroalDataSourceConfigurationSupplier supplier = new AgroalDataSourceConfigurationSupplier()
                .dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS);
        supplier.connectionPoolConfiguration()
                .maxSize(2)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .connectionFactoryConfiguration()
                .jdbcUrl(server.jdbcUrl())
                .principal(new NamePrincipal(config.getValue("quarkus.datasource.username", String.class)))
                .credential(new SimplePassword(config.getValue("quarkus.datasource.password", String.class)))
                .credential(
                        new AgroalVaultCredentialsProviderPassword("configured", PostgresStorage.credentials(config)));
        return AgroalDataSource.from(supplier);
    }

    private static String loginRole(AgroalDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One file for each key, read at each access. */
    private record SecretsIn(Path folder) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return Set.of();
        }

        @Override
        public @Nullable String getValue(String name) {
            Path file = folder.resolve(name);
            try {
                return Files.exists(file) ? Files.readString(file) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getName() {
            return "secrets";
        }
    }
}
