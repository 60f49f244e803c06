package dev.kerbearer.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which {@code postmaster.pid} a start removes, and how the start classifies the process in it. */
class OrphanedPostgresTest {

    @TempDir
    Path data;

    /** PostgreSQL needs the file to check whether processes of a killed server still work on the data. */
    @Test
    void theFileOfADeadServerStays() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(1, TimeUnit.MINUTES)).isTrue();
        write(ended.pid() + "\n" + data + "\n1796025600\n5432\n\n127.0.0.1\n  1234 5\nready\n");
        String before = Files.readString(PostmasterFile.of(data));
        OrphanedPostgres.stop(data);
        assertThat(PostmasterFile.of(data)).hasContent(before);
    }

    /** Otherwise PostgreSQL takes the process for its own server and does not start. */
    @Test
    void aFileThatNamesALivingProcessOfAnotherProgramIsRemoved() throws IOException {
        write(ProcessHandle.current().pid() + "\n" + data + "\n1796025600\n");
        OrphanedPostgres.stop(data);
        assertThat(PostmasterFile.of(data)).doesNotExist();
    }

    /** A power cut can leave such a file, and PostgreSQL refuses to start with it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "47x\n", "0\n"})
    void aFileThatNamesNoProcessIsRemoved(String torn) throws IOException {
        write(torn);
        OrphanedPostgres.stop(data);
        assertThat(PostmasterFile.of(data)).doesNotExist();
    }

    /**
     * The first process of a container may never collect exit codes. An ended process then stays as a zombie, and
     * PostgreSQL takes it for alive.
     */
    @Test
    void aZombieProcessCountsAsEndedAndItsFileIsRemoved() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 600").start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
            long pid = Long.parseLong(String.valueOf(output.readLine()).strip());
            write(pid + "\n" + data + "\n1796025600\n");
            // The shell would collect the exit code; the program that replaces it does not.
            await(parent.pid(), "(sleep)");
            parent.getOutputStream().close();
            await(pid, ") Z ");
            assertThat(StartedServer.of(data).runs()).isFalse();
            OrphanedPostgres.stop(data);
            assertThat(PostmasterFile.of(data)).doesNotExist();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aStartedServerRunsAsLongAsItsProcessWhateverTheFileSays() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            write(process.pid() + "\n");
            StartedServer started = StartedServer.of(data);
            write(Long.toString(-ProcessHandle.current().pid()));
            assertThat(started.runs()).isTrue();
            started.end();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(started.runs()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void await(long pid, String inItsStatus) throws Exception {
        while (!Files.readString(Path.of("/proc/" + pid + "/stat")).contains(inItsStatus)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(PostmasterFile.of(data), content);
    }
}
