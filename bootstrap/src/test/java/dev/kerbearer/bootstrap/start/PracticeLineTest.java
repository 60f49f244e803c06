package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line to copy works in a shell with any path of the source folder. */
class PracticeLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/you/kerbearer",
                "/home/my name/k",
                "/home/o'neil/it's",
                "/home/jürgen",
                "/tmp/$HOME",
                "/a\\b*"
            })
    void aShellReadsTheQuotedPathUnchanged(String path) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "A=" + PracticeLine.quoted(path) + " printenv A").start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(path + "\n");
    }

    @Test
    void aPlainPathIsNotQuoted() {
        assertThat(PracticeLine.quoted("/home/you/kerbearer-1.0_a/data")).isEqualTo("/home/you/kerbearer-1.0_a/data");
    }
}
