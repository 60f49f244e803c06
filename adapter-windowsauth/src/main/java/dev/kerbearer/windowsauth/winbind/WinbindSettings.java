package dev.kerbearer.windowsauth.winbind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to ask winbind.
 *
 * @param program Samba's {@code ntlm_auth}
 * @param processes the maximum number of processes
 * @param timeout how long to wait for an answer
 */
public record WinbindSettings(Path program, int processes, Duration timeout) {

    private static final int MOST_PROCESSES = 64;

    /**
     * @throws IllegalArgumentException if the number of processes is not from 1 to 64, or the timeout is not positive
     */
    public WinbindSettings {
        if (processes < 1 || processes > MOST_PROCESSES) {
            throw new IllegalArgumentException("processes: 1 to " + MOST_PROCESSES + ", not " + processes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: must be positive, like 3s");
        }
    }

    /** Returns whether the program exists and may be run. */
    public boolean canRun() {
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }
}
