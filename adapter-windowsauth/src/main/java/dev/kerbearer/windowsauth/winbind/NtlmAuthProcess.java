package dev.kerbearer.windowsauth.winbind;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A running {@code ntlm_auth}, which reads and writes lines. A read may block until the process is closed. */
final class NtlmAuthProcess implements AutoCloseable {

    /** The only environment variables that are passed on; the others may hold secrets. */
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
     * Starts a process.
     *
     * @param protocol a helper protocol from the manual of {@code ntlm_auth}
     * @throws IOException if it cannot be started
     */
    static NtlmAuthProcess start(Path program, String protocol) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--helper-protocol=" + protocol)
                // An unread error pipe would fill up and block the program; and errors may hold secrets.
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        return new NtlmAuthProcess(builder.start());
    }

    /** Sends lines, which must not contain line breaks. */
    void write(List<String> lines) throws IOException {
        questions.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
        questions.flush();
    }

    /**
     * Reads a line.
     *
     * @throws IOException if the process has ended, or its line is too long
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
        throw new IOException("ntlm_auth wrote a line that does not end");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process and its descendants, even if they are stopped or hang. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
