package dev.kerbearer.domain.refusal;

import java.util.Optional;

/**
 * The reason for a refusal.
 *
 * @param cause the reason for metrics
 * @param text the public description
 * @param hint the addition for the caller
 * @param detail the addition for the log only
 */
public record Reason(Cause cause, String text, Optional<Hint> hint, Optional<Detail> detail) {

    /** Creates a reason that is completely public. */
    static Reason of(Cause cause, String text) {
        return new Reason(cause, text, Optional.empty(), Optional.empty());
    }

    static Reason of(Cause cause, String text, Hint hint) {
        return new Reason(cause, text, Optional.of(hint), Optional.empty());
    }

    static Reason of(Cause cause, String text, Detail detail) {
        return new Reason(cause, text, Optional.empty(), Optional.of(detail));
    }

    /** Returns the description as the caller reads it. */
    String description() {
        return hint.map(more -> text + ": " + more.text()).orElse(text);
    }
}
