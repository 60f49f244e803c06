package dev.kerbearer.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.persistence.DatabaseState;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void theDatabaseWritesDurably() throws Exception {
        try (EmbeddedDatabase database = PreparedData.start(folder)) {
            assertThat(answer(database, "show fsync")).isEqualTo("on");
            assertThat(answer(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(answer(database, "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void theDatabaseIsReachedOnLoopbackWithItsPasswordOnly() throws Exception {
        PreparedData.copyProgramsTo(folder);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(answer(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(answer(database, "show unix_socket_directories")).isEmpty();
            assertThat(answer(database, "select count(*) from pg_hba_file_rules where auth_method = 'trust'"))
                    .isEqualTo("0");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.username(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void onlyTheOwnerCanReadTheFolder() throws Exception {
        Path made = folder.resolve("made");
        EmbeddedDatabase.start(made).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (var files = Files.walk(made, 1, new FileVisitOption[0])) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void twoDatabasesCanRunInOneProcess() throws Exception {
        try (EmbeddedDatabase one = PreparedData.start(folder.resolve("one"));
                EmbeddedDatabase two = PreparedData.start(folder.resolve("two"))) {
            execute(one, "create table here as select 1 as answer");
            assertThat(answer(two, "select count(*) from pg_tables where tablename = 'here'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        try (EmbeddedDatabase database = PreparedData.start(folder)) {
            execute(database, "create table kept as select 42 as answer");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(answer(database, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefusedInPlainWords() throws Exception {
        try (EmbeddedDatabase first = PreparedData.start(folder)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                    .isInstanceOf(DataFolderLock.InUse.class)
                    .hasMessageContaining("in use by another Kerbearer (process "
                            + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("kerbearer.data-dir");
            assertThat(answer(first, "select 1")).isEqualTo("1");
        }
    }

    /** The message of the file system is only a path. */
    @Test
    void aFolderThatCannotBeWrittenIsNamedWithItsKey() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path unwritable : new Path[] {file, file.resolve("data"), Path.of("/proc/kerbearer")}) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(unwritable))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kerbearer.data-dir: the folder " + unwritable
                            + " cannot be written by the user " + System.getProperty("user.name"));
        }
        assertThat(PrivateFiles.canWrite(file)).isFalse();
        assertThat(PrivateFiles.canWrite(file.resolve("data"))).isFalse();
        assertThat(PrivateFiles.canWrite(folder.resolve("new/data"))).isTrue();
        assertThat(folder.resolve("new")).as("asking creates nothing").doesNotExist();
    }

    @Test
    void aRunningDatabaseIsFoundAndLookedAtWithoutAChange() throws Exception {
        assertThat(RunningDatabase.in(folder)).isEmpty();
        try (EmbeddedDatabase database = PreparedData.start(folder)) {
            RunningDatabase running = RunningDatabase.in(folder).orElseThrow();
            assertThat(running.jdbcUrl()).isEqualTo(database.jdbcUrl());
            assertThat(running.toString()).doesNotContain(running.password());
            DatabaseState state = DatabaseState.of(DatabaseState.source(
                    running.jdbcUrl(), Optional.of(running.username()), Optional.of(running.password())));
            assertThat(state.unmet()).isEmpty();
            assertThat(state.readOnly()).isFalse();
            assertThat(state.mayCreate()).isTrue();
            execute(database, "alter database postgres set default_transaction_read_only = on");
            assertThat(DatabaseState.of(DatabaseState.source(
                                    running.jdbcUrl(),
                                    Optional.of(running.username()),
                                    Optional.of(running.password())))
                            .readOnly())
                    .isTrue();
        }
        assertThat(RunningDatabase.in(folder)).isEmpty();
    }

    @Test
    void aPostgresThatIsKilledRecovers() throws Exception {
        EmbeddedDatabase database = PreparedData.start(folder);
        execute(database, "create table kept as select 42 as answer");
        ProcessHandle postmaster = postmaster();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        database.close();
        try (EmbeddedDatabase again = EmbeddedDatabase.start(folder)) {
            assertThat(answer(again, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void aPostgresThatEndsUnexpectedlyIsRestartedWithTheSameSettings() throws Exception {
        try (EmbeddedDatabase database = PreparedData.start(folder)) {
            execute(database, "create table kept as select 42 as answer");
            for (int i = 0; i < 2; i++) {
                postmaster().destroyForcibly();
                assertThat(answerOnceItIsBack(database, "select answer from kept"))
                        .isEqualTo("42");
                assertThat(answer(database, "show fsync")).isEqualTo("on");
                assertThat(answer(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            }
        }
        assertThat(folder.resolve("postgresql/postmaster.pid")).doesNotExist();
    }

    @Test
    void aPostgresIsNotRestartedAfterAStop() throws Exception {
        EmbeddedDatabase database = PreparedData.start(folder);
        postmaster().destroyForcibly();
        database.close();
        TimeUnit.SECONDS.sleep(1);
        assertThat(OrphanedPostgres.running(folder.resolve("postgresql"))).isEmpty();
    }

    @Test
    void aLockFileThatNamesAnotherProgramDoesNotBlock() throws Exception {
        PreparedData.start(folder).close();
        Files.writeString(
                folder.resolve("postgresql/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("postgresql") + "\n");
        EmbeddedDatabase.start(folder).close();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void aTornLockFileDoesNotBlock() throws Exception {
        PreparedData.start(folder).close();
        Files.writeString(folder.resolve("postgresql/postmaster.pid"), "x");
        EmbeddedDatabase.start(folder).close();
    }

    @Test
    void anInterruptedFirstStartIsRepeatedAndItsFilesAreSetAside() throws Exception {
        PreparedData.copyProgramsTo(folder);
        Files.createDirectories(folder.resolve("postgresql/base"));
        Files.writeString(folder.resolve("postgresql/postgresql.conf"), "# kept");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(answer(database, "select 1")).isEqualTo("1");
        }
        try (var files = Files.walk(folder, 3)) {
            assertThat(files.filter(file -> file.endsWith("postgresql/postgresql.conf"))
                            .filter(file -> file.toString().contains("postgresql-unfinished-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasContent("# kept"));
        }
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(folder.resolve("postgresql/postmaster.pid"))
                .get(0)
                .strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String answerOnceItIsBack(EmbeddedDatabase database, String query) throws Exception {
        SQLException away = new SQLException("never asked");
        for (int i = 0; i < 100; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            try {
                return answer(database, query);
            } catch (SQLException notYet) {
                away = notYet;
            }
        }
        throw away;
    }

    private static String answer(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
