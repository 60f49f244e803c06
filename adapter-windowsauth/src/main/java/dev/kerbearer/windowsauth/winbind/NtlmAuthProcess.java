package dev.kerbearer.windowsauth.winbind;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A running {@code ntlm_auth}, which reads lines and answers lines. Reading may wait for ever, until it is closed. */
final class NtlmAuthProcess implements AutoCloseable {

    /** What it needs of the environment; the rest is none of its business, and may hold secrets. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "LANG", "LC_ALL", "TZ");

    private static final int LONGEST_LINE = 4096;

    private final Process process;
    private final OutputStream questions;
    private final InputStream answers;

    private NtlmAuthProcess(Process process) {
        this.process = process;
        this.questions = process.getOutputStream();
        this.answers = process.getInputStream();
    }

    /**
     * Starts one.
     *
     * @param protocol one of those that its manual names
     * @throws IOException where it cannot be started
     */
    static NtlmAuthProcess start(Path program, String protocol) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--helper-protocol=" + protocol)
                // A program whose complaints nobody reads would stop one day; and they may hold what no log should.
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        return new NtlmAuthProcess(builder.start());
    }

    /** Sends lines, which have no line break in them. */
    void write(List<String> lines) throws IOException {
        questions.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
        questions.flush();
    }

    /**
     * Reads a line.
     *
     * @throws IOException where the process has ended, or its line does not end
     */
    String line() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        for (int length = 0; length < LONGEST_LINE; length++) {
            int next = answers.read();
            if (next < 0) {
                throw new EOFException("ntlm_auth has ended");
            }
            if (next == '\n') {
                return new String(line, 0, length, StandardCharsets.UTF_8);
            }
            line[length] = (byte) next;
        }
        throw new IOException("ntlm_auth says a line that has no end");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it, and what it has started, be it stopped or hanging. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
