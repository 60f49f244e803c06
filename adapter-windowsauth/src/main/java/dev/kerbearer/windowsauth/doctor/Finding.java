package dev.kerbearer.windowsauth.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param verdict how it is
 * @param what it is, in a sentence
 * @param mend what to do about it, with the command where there is one
 */
public record Finding(Verdict verdict, String what, Optional<String> mend) {

    /** How a thing is. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** It may work, and may not for everybody or for long. */
        DOUBTFUL,
        /** Nobody, or not everybody, can sign in. */
        WRONG
    }

    static Finding good(String what) {
        return new Finding(Verdict.GOOD, what, Optional.empty());
    }

    static Finding doubtful(String what, String mend) {
        return new Finding(Verdict.DOUBTFUL, what, Optional.of(mend));
    }

    static Finding wrong(String what, String mend) {
        return new Finding(Verdict.WRONG, what, Optional.of(mend));
    }
}
