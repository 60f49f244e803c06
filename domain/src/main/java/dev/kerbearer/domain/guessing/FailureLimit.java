package dev.kerbearer.domain.guessing;

import java.time.Duration;

/** How many failures are borne, within which time, and how long one waits past them. */
public enum FailureLimit {
    /** Of a name, or of a name from an address where it has signed in before. */
    NAME(10, true),
    /** Of an address, whatever names are tried there. Many may be behind it, so one of them alone does not keep it waiting. */
    ADDRESS(100, false);

    /** Failures that are older do not count. */
    public static final Duration WITHIN = Duration.ofMinutes(5);

    /** The first wait; each further failure doubles it. */
    public static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);

    /** The longest wait. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** What is counted of anybody is over then, if he fails no more. */
    public static final Duration KEPT = LONGEST_WAIT.plus(WITHIN);

    /** How long an address is remembered where a name has signed in. */
    public static final Duration ADDRESS_KEPT = Duration.ofDays(30);

    private final int failures;
    private final boolean keptWaitingByOne;

    FailureLimit(int failures, boolean keptWaitingByOne) {
        this.failures = failures;
        this.keptWaitingByOne = keptWaitingByOne;
    }

    /** How many. */
    public int failures() {
        return failures;
    }

    /** Whether whoever waited of late waits again after one failure more, be they fewer than the limit by then. */
    public boolean isKeptWaitingByOne() {
        return keptWaitingByOne;
    }

    /** The wait after so many failures too many: 1 and more. */
    static Duration waitAfter(int beyond) {
        Duration wait = SHORTEST_WAIT;
        for (int doubled = 1; doubled < beyond && wait.compareTo(LONGEST_WAIT) < 0; doubled++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
