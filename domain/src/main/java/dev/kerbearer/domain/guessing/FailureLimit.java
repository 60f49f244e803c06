package dev.kerbearer.domain.guessing;

import java.time.Duration;

/** The limits for failures: how many, within which time, and how long the wait is beyond them. */
public enum FailureLimit {
    /** The limit for a name, or for a name from an address where it has signed in before. */
    NAME(10, true),
    /**
     * The limit for an address, whatever names are tried there. Many users may share it, so one failure after a wait
     * does not start a new wait.
     */
    ADDRESS(100, false);

    /** Older failures do not count. */
    public static final Duration WITHIN = Duration.ofMinutes(5);

    /** The first wait; each further failure doubles it. */
    public static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);

    /** The longest wait. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** How long a count is kept after the last failure. */
    public static final Duration KEPT = LONGEST_WAIT.plus(WITHIN);

    /** How long the address of a sign-in is remembered for a name. */
    public static final Duration ADDRESS_KEPT = Duration.ofDays(30);

    private final int failures;
    private final boolean keptWaitingByOne;

    FailureLimit(int failures, boolean keptWaitingByOne) {
        this.failures = failures;
        this.keptWaitingByOne = keptWaitingByOne;
    }

    /** Returns the number of failures. */
    public int failures() {
        return failures;
    }

    /**
     * Returns whether one failure after a recent wait starts a new wait, even if the number of recent failures is below
     * the limit.
     */
    public boolean isKeptWaitingByOne() {
        return keptWaitingByOne;
    }

    /** Returns the wait after the given number of failures beyond the limit; the number is at least 1. */
    static Duration waitAfter(int beyond) {
        Duration wait = SHORTEST_WAIT;
        for (int doubled = 1; doubled < beyond && wait.compareTo(LONGEST_WAIT) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
