package dev.kerbearer.windowsauth.doctor;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param verdict the verdict
 * @param what the fact, in a sentence
 * @param fix what to do about it, with the command if there is one
 */
public record Finding(Verdict verdict, String what, Optional<String> fix) {

    /** The verdict of a check. */
    public enum Verdict {
        /** All is well. */
        GOOD,
        /** It may work, but not for every user or not for long. */
        DOUBTFUL,
        /** No user, or not every user, can sign in. */
        WRONG
    }

    /** Returns a finding that needs no fix. */
    public static Finding good(String what) {
        return new Finding(Verdict.GOOD, what, Optional.empty());
    }

    /** Returns a finding that may be a problem. */
    public static Finding doubtful(String what, String fix) {
        return new Finding(Verdict.DOUBTFUL, what, Optional.of(fix));
    }

    /** Returns a finding that is a problem. */
    public static Finding wrong(String what, String fix) {
        return new Finding(Verdict.WRONG, what, Optional.of(fix));
    }
}
