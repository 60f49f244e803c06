package dev.kerbearer.application.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.scope.Scope;
import java.io.File;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/reuse.md stands on the domain and the use cases alone, and says what the page says. */
class ReuseSampleTest {

    private static final Path PAGE = Path.of("../docs/reuse.md");
    private static final Path PROGRAM = Path.of("../docs/samples/BadgeDesk.java");

    @TempDir
    private Path folder;

    @Test
    void thePageShowsTheProgram() throws Exception {
        assertThat(Files.readString(PAGE)).contains("\n```java\n" + Files.readString(PROGRAM) + "```\n");
    }

    @Test
    void theProgramPrintsWhatThePageShowsWithNothingElseOnTheClassPath() throws Exception {
        String rooms = roomOf(Scope.class) + File.pathSeparator + roomOf(VerifyToken.class);
        compile(rooms);
        Path said = folder.resolve("said");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        rooms + File.pathSeparator + folder,
                        "BadgeDesk")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readString(PAGE)).contains("\n```text\n" + Files.readString(said) + "```\n");
    }

    /** JSpecify's annotations are not there; a program can do without them. */
    private void compile(String rooms) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of(
                                    "-cp",
                                    rooms,
                                    "-d",
                                    folder.toString(),
                                    "-proc:none",
                                    "-Xlint:all,-classfile",
                                    "-Werror"),
                            null,
                            files.getJavaFileObjects(PROGRAM))
                    .call();
            assertThat(done).as(complaints.toString()).isTrue();
        }
    }

    private static String roomOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
