package dev.kerbearer.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.persistence.embedded.ServerProcess.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the process in a {@code postmaster.pid} is the server of the data folder. */
class ServerProcessTest {

    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final PostmasterFile FILE = new PostmasterFile(4711, false, Optional.of(START));
    private static final Optional<Boolean> UNREADABLE = Optional.empty();

    @TempDir
    Path folder;

    @Test
    void aServerThatWorksInTheFolderBelongsToIt() {
        assertThat(owner(true, Optional.of(true), true, START)).isEqualTo(Owner.THIS_FOLDER);
    }

    /** A clock change after the machine's start moves only one of the two start times. */
    @Test
    void aServerThatWorksInTheFolderBelongsToItWhateverItsStartTime() {
        assertThat(owner(true, Optional.of(true), true, START.plus(Duration.ofDays(9000))))
                .isEqualTo(Owner.THIS_FOLDER);
    }

    @Test
    void aServerThatWorksElsewhereBelongsToAnotherFolder() {
        assertThat(owner(true, Optional.of(false), true, START)).isEqualTo(Owner.ANOTHER);
    }

    @Test
    void aShellInTheFolderIsNoServer() {
        assertThat(owner(false, Optional.of(true), true, START)).isEqualTo(Owner.ANOTHER);
    }

    @Test
    void aProgramThatIsNotPostgresIsNoServer() {
        assertThat(owner(false, UNREADABLE, true, START)).isEqualTo(Owner.ANOTHER);
    }

    /** PostgreSQL demands that its account owns the folder. */
    @Test
    void aServerOfAnotherAccountBelongsToAnotherFolder() {
        assertThat(owner(true, UNREADABLE, false, START)).isEqualTo(Owner.ANOTHER);
    }

    @Test
    void theSameStartTimeIsEnoughIfTheFolderOfTheServerCannotBeRead() {
        assertThat(owner(true, UNREADABLE, true, START.plusSeconds(2))).isEqualTo(Owner.THIS_FOLDER);
    }

    @Test
    void anythingElseIsUncertain() {
        assertThat(owner(true, UNREADABLE, true, START.plusSeconds(60))).isEqualTo(Owner.UNCERTAIN);
        assertThat(owner(true, UNREADABLE, true, START.minusSeconds(60))).isEqualTo(Owner.UNCERTAIN);
        assertThat(new ServerProcess(true, UNREADABLE, true, Optional.empty()).owner(FILE))
                .isEqualTo(Owner.UNCERTAIN);
        assertThat(new ServerProcess(true, UNREADABLE, true, Optional.of(START))
                        .owner(new PostmasterFile(4711, false, Optional.empty())))
                .isEqualTo(Owner.UNCERTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "/usr/lib/postgresql/16/bin/postgres",
                "C:\\ProgramData\\kerbearer\\postgresql-binaries\\bin\\postgres.exe",
                "C:/kerbearer/bin/postgres.exe",
                "C:\\kerbearer/bin\\postgres.exe"
            })
    void theServersProgramIsRecognisedOnLinuxAndOnWindows(String program) {
        assertThat(ServerProcess.isPostgres(program)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "java", "/opt/postgres/bin/java", "C:\\postgres\\java.exe", "C:\\postgres\\", "/postgres/"})
    void anotherProgramIsNotTheServer(String program) {
        assertThat(ServerProcess.isPostgres(program)).isFalse();
    }

    @Test
    void thisProcessIsExaminedCorrectly() throws IOException {
        Path own = Path.of("").toAbsolutePath();
        ServerProcess seen = ServerProcess.of(ProcessHandle.current(), own).orElseThrow();
        assertThat(seen.postgres()).isFalse();
        assertThat(seen.worksInFolder()).contains(true);
        assertThat(seen.sameAccount()).isTrue();
        assertThat(ServerProcess.of(ProcessHandle.current(), folder)
                        .orElseThrow()
                        .worksInFolder())
                .contains(false);
    }

    @Test
    void aFileIsReadAsPostgresWritesIt() throws IOException {
        assertThat(read("4711\n/data\n1796025600\n5432\n\n127.0.0.1\n  1234 5\nready\n"))
                .contains(new PostmasterFile(4711, false, Optional.of(Instant.ofEpochSecond(1796025600))));
        assertThat(read("-4711\n/data\n1796025600\n"))
                .contains(new PostmasterFile(4711, true, Optional.of(Instant.ofEpochSecond(1796025600))));
        assertThat(read("4711\n/data")).contains(new PostmasterFile(4711, false, Optional.empty()));
        assertThat(read("")).isEmpty();
        assertThat(read("47x")).isEmpty();
        Files.delete(PostmasterFile.of(folder));
        assertThat(PostmasterFile.read(folder)).isEmpty();
    }

    private Optional<PostmasterFile> read(String content) throws IOException {
        Files.writeString(PostmasterFile.of(folder), content);
        return PostmasterFile.read(folder);
    }

    private static Owner owner(
            boolean postgres, Optional<Boolean> worksInFolder, boolean sameAccount, Instant startedAt) {
        return new ServerProcess(postgres, worksInFolder, sameAccount, Optional.of(startedAt)).owner(FILE);
    }
}
