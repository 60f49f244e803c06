package dev.kerbearer.bench;

/** Prints the progress for the person who runs the bench. */
final class Progress {

    private static final long START = System.nanoTime();

    private Progress() {}

    static void say(String what) {
        System.err.printf("%6.1f s  %s%n", (System.nanoTime() - START) / 1e9, what);
    }
}
