package dev.kerbearer.domain.refusal;

import java.util.Optional;

/**
 * Why something is refused.
 *
 * @param text the public description
 * @param hint more for the caller
 * @param detail more for the log only
 */
public record Reason(String text, Optional<Hint> hint, Optional<Detail> detail) {

    /** A reason that is said whole in public. */
    static Reason of(String text) {
        return new Reason(text, Optional.empty(), Optional.empty());
    }

    static Reason of(String text, Hint hint) {
        return new Reason(text, Optional.of(hint), Optional.empty());
    }

    static Reason of(String text, Detail detail) {
        return new Reason(text, Optional.empty(), Optional.of(detail));
    }

    /** The description as the caller reads it. */
    String description() {
        return hint.map(more -> text + ": " + more.text()).orElse(text);
    }
}
