package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private NodeLog log = new NodeLog(file);

    @BeforeEach
    void newLog() throws IOException {
        file = Files.createFile(folder.resolve("node.log"));
        log = new NodeLog(file);
    }

    @Test
    void theLogEqualsTheFileWhereverAWriteIsCut() throws IOException {
        String text = "naïve \u20ac \ud83d\ude00 end\nnext\n".repeat(3);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            Files.write(file, new byte[] {one}, StandardOpenOption.APPEND);
            log.all();
        }
        assertThat(log.all()).isEqualTo(text);
    }

    @Test
    void invalidTextIsSkippedAndNothingAfterItIsLost() throws IOException {
        Files.write(file, new byte[] {(byte) 0x80, (byte) 0xff, 'a', '\n', (byte) 0xc3});
        assertThat(log.all()).contains("a\n");
        Files.writeString(file, "b\n", StandardOpenOption.APPEND);
        assertThat(log.all()).endsWith("b\n");
    }

    @Test
    void aReaderGetsEachWholeLineOnce() throws IOException {
        NodeLog.Lines lines = log.lines();
        assertThat(lines.more()).isEmpty();
        append("one\ntw");
        assertThat(lines.more()).isEqualTo("one\n");
        assertThat(lines.more()).isEmpty();
        append("o\nthree\n");
        assertThat(lines.more()).isEqualTo("two\nthree\n");
        assertThat(log.lines().more()).isEqualTo("one\ntwo\nthree\n");
        assertThat(log.all()).as("after a reader has read ahead").isEqualTo("one\ntwo\nthree\n");
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
