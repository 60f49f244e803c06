package dev.kerbearer.windowsauth.winbind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How winbind is asked.
 *
 * @param program Samba's {@code ntlm_auth}
 * @param processes how many of it run at most
 * @param timeout how long an answer is waited for
 */
public record WinbindSettings(Path program, int processes, Duration timeout) {

    private static final int MOST_PROCESSES = 64;

    /**
     * @throws IllegalArgumentException where there is no process or too many, or the duration is not positive
     */
    public WinbindSettings {
        if (processes < 1 || processes > MOST_PROCESSES) {
            throw new IllegalArgumentException("processes: 1 to " + MOST_PROCESSES + ", not " + processes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: longer than nothing, like 3s");
        }
    }

    /** Whether the program is there, and may be run. */
    public boolean canRun() {
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }
}
