package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Needs root; the other PostgreSQL runs under another account. After a power cut, the data folder's
 * {@code postmaster.pid} may have the process id of that server, and root could end any process.
 */
class StrangersPostgresHeavyIT {

    private static final String STRANGER = "65534";

    /** Outside of the work tree, which another account may not be able to enter. */
    private Path folder;

    private Path data;
    private int port;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory("kerbearer-stranger");
        data = folder.resolve("stranger/data");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void clearAway() throws Exception {
        stranger("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
        run(
                "rm",
                "-r",
                folder.resolve("stranger").toString(),
                folder.resolve("ours").toString());
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.toList()) {
                Files.delete(log);
            }
        }
        Files.delete(folder);
    }

    @Test
    void aStartLeavesThePostgresOfAnotherAccountAlone() throws Exception {
        Path ours = folder.resolve("ours");
        startStrangers(programsOf(ours));
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        Files.copy(data.resolve("postmaster.pid"), ours.resolve("postgresql/postmaster.pid"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(ours)) {
            assertThat(database.jdbcUrl()).doesNotContain(":" + port + "/");
            assertThat(answer()).isEqualTo("1");
        }
        assertThat(answer()).isEqualTo("1");
        assertThat(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip())
                .isEqualTo(pid);
    }

    /** The folder of the programs that run there; where it is differs, since they are unpacked once for a whole JVM. */
    private static Path programsOf(Path dataFolder) throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataFolder)) {
            String pid = Files.readAllLines(dataFolder.resolve("postgresql/postmaster.pid"))
                    .get(0)
                    .strip();
            Path postgres = Files.readSymbolicLink(Path.of("/proc", pid, "exe"));
            assertThat(database.jdbcUrl()).isNotEmpty();
            return postgres.resolve("../..").normalize();
        }
    }

    private void startStrangers(Path programs) throws Exception {
        run("cp", "-r", programs.toString(), folder.resolve("stranger").toString());
        run("chmod", "a+rx", folder.toString());
        run("chmod", "-R", "a+rX", folder.resolve("stranger").toString());
        run("chown", STRANGER, folder.resolve("stranger").toString());
        stranger("initdb", "-A", "trust", "-U", "postgres", "-D", data.toString());
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        stranger("pg_ctl", "-D", data.toString(), "-o", options, "-l", data + "/log", "-w", "start");
    }

    private String answer() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getString(1);
        }
    }

    private void stranger(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + STRANGER,
                "--regid=" + STRANGER,
                "--clear-groups",
                folder.resolve("stranger/bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        run(command.toArray(new String[0]));
    }

    private void run(String... command) throws Exception {
        Program.run(folder, Map.of(), "util-linux", List.of(command));
    }
}
