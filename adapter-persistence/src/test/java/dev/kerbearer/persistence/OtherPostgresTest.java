package dev.kerbearer.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.persistence.embedded.OrphanedPostgres;
import dev.kerbearer.persistence.embedded.PostgresControl;
import dev.kerbearer.persistence.embedded.PostmasterFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a power cut, the process id in a data folder's {@code postmaster.pid} can belong to another process. In these
 * tests it belongs to the PostgreSQL of another data folder of the same account.
 */
class OtherPostgresTest {

    @TempDir
    static Path folders;

    private static Path ours;
    private static Path data;
    private static EmbeddedDatabase other;
    private static long othersPid;

    /** Our folder is a copy of the other folder, because a copy is faster than a second first start. */
    @BeforeAll
    static void start() throws IOException {
        Path others = folders.resolve("others");
        ours = folders.resolve("ours");
        data = ours.resolve("postgresql");
        EmbeddedDatabase.start(others).close();
        copy(others, ours);
        other = EmbeddedDatabase.start(others);
        othersPid = pidIn(others.resolve("postgresql"));
    }

    @AfterAll
    static void stop() {
        other.close();
    }

    @Test
    void aStartLeavesTheOtherServerAlone() throws Exception {
        nameInOurs(othersPid);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(ours)) {
            assertThat(pidIn(data)).isNotEqualTo(othersPid);
            assertThat(answer(database, "select 1")).isEqualTo("1");
            assertTheOtherWorks();
        }
        assertTheOtherWorks();
    }

    /** The process that serves one connection of the other server is a PostgreSQL process, too. */
    @Test
    void aStartLeavesTheConnectionsOfTheOtherServerAlone() throws Exception {
        try (Connection connection = connect(other);
                Statement statement = connection.createStatement()) {
            nameInOurs(Long.parseLong(answer(statement, "select pg_backend_pid()")));
            EmbeddedDatabase.start(ours).close();
            assertThat(answer(statement, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aStopLeavesTheOtherServerAlone() throws Exception {
        PostgresControl control = controlOfOurs();
        nameInOurs(othersPid);
        assertThat(control.stop()).isFalse();
        assertThat(OrphanedPostgres.running(data)).isEmpty();
        assertTheOtherWorks();
    }

    /** The Kerbearer of this server was killed, and then the folder was moved. */
    @Test
    void aStartEndsTheFoldersOwnOrphanedServer() throws Exception {
        PostgresControl control = controlOfOurs();
        assertThat(control.start()).isTrue();
        ProcessHandle orphan = OrphanedPostgres.running(data).orElseThrow();
        Path moved = Files.move(ours, folders.resolve("moved"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(moved)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(answer(database, "select 1")).isEqualTo("1");
        } finally {
            Files.move(moved, ours);
        }
    }

    @Test
    void aManuallyStartedServerIsLeftAloneAndTheStartSaysSo() throws Exception {
        Process single = singleUser();
        try {
            while (!Files.exists(PostmasterFile.of(data)) || pidIn(data) == 0) {
                assertThat(single.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            long pid = pidIn(data);
            assertThatThrownBy(() -> EmbeddedDatabase.start(ours))
                    .hasMessageContaining("postgres --single (process " + -pid + ")")
                    .hasMessageContaining(data.toString());
            assertThat(single.isAlive()).isTrue();
            assertThat(pidIn(data)).isEqualTo(pid);
        } finally {
            // The process ends at the end of its input.
            single.getOutputStream().close();
            assertThat(single.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        EmbeddedDatabase.start(ours).close();
    }

    /** The situation after a power cut: PostgreSQL itself decides what the file means. */
    @Test
    void aStartGoesOnIfTheProcessIsDead() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(1, TimeUnit.MINUTES)).isTrue();
        nameInOurs(ended.pid());
        try (EmbeddedDatabase database = EmbeddedDatabase.start(ours)) {
            assertThat(answer(database, "select 1")).isEqualTo("1");
        }
    }

    /** The file looks like that of a manually started server, so the file alone would leave doubt. */
    @Test
    void aStartedServerIsEndedWhateverItsFileSays() throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(ours);
        ProcessHandle process = OrphanedPostgres.running(data).orElseThrow();
        try {
            Files.writeString(PostmasterFile.of(data), "-" + Files.readString(PostmasterFile.of(data)));
            assertThatThrownBy(() -> OrphanedPostgres.running(data)).isInstanceOf(OrphanedPostgres.Doubtful.class);
            database.close();
            process.onExit().get(1, TimeUnit.MINUTES);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process singleUser() throws IOException {
        Path postgres = controlOfOurs().program().resolveSibling("postgres");
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(postgres.toString(), "--single", "-D", data.toString(), "postgres"));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Returns the control of our folder's server, which does not run now. */
    private static PostgresControl controlOfOurs() throws IOException {
        EmbeddedDatabase database = EmbeddedDatabase.start(ours);
        PostgresControl control = PostgresControl.of(data, ours.resolve("postgresql.log"));
        database.close();
        return control;
    }

    /** Writes the file as a power cut leaves it. */
    private static void nameInOurs(long pid) throws IOException {
        Files.writeString(
                PostmasterFile.of(data), pid + "\n" + data + "\n1796025600\n5432\n\n127.0.0.1\n  1234 5\nready\n");
    }

    private static long pidIn(Path data) throws IOException {
        List<String> lines = Files.readAllLines(PostmasterFile.of(data));
        return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
    }

    private static void assertTheOtherWorks() throws SQLException {
        assertThat(ProcessHandle.of(othersPid))
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
        assertThat(answer(other, "select 1")).isEqualTo("1");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static String answer(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            return answer(statement, query);
        }
    }

    private static String answer(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
