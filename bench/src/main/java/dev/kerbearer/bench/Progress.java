package dev.kerbearer.bench;

/** Tells the person in front of it what is going on. */
final class Progress {

    private static final long START = System.nanoTime();

    private Progress() {}

    static void say(String what) {
        System.err.printf("%6.1f s  %s%n", (System.nanoTime() - START) / 1e9, what);
    }
}
