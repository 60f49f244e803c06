package dev.kerbearer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads the kernel's counters of a process and its descendants: processor time, and memory in use. */
final class ProcessCpu {

    /** The unit of /proc/PID/stat; 100 per second on every Linux that Java runs on. */
    private static final double MILLIS_PER_TICK = 10;

    private static final int UTIME = 11;
    private static final int CUTIME = 13;

    private final ProcessHandle root;

    ProcessCpu(ProcessHandle root) {
        this.root = root;
    }

    /** Returns the processor time so far, user and system, including that of ended children. */
    double millis() {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToDouble(process -> ticks(process.pid(), process.equals(root)) * MILLIS_PER_TICK)
                .sum();
    }

    private static long ticks(long pid, boolean withEndedChildren) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        // The second field is the name in parentheses, which may contain spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long own = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        return withEndedChildren ? own + Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1]) : own;
    }

    /** Returns the resident memory of the process itself, in megabytes; the maximum so far if {@code peak}. */
    double residentMegabytes(boolean peak) {
        String name = peak ? "VmHWM:" : "VmRSS:";
        return read(Path.of("/proc/" + root.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
