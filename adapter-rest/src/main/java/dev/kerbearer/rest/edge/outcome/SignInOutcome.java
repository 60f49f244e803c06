package dev.kerbearer.rest.edge.outcome;

import dev.kerbearer.domain.refusal.Cause;
import java.util.Locale;
import java.util.Optional;

/** The outcome of a sign-in, as metrics show it. */
enum SignInOutcome {

    /** The user got a grant. */
    GRANTED,

    /** The sign-in was valid, but the user got no grant. */
    REFUSED,

    /** The sign-in was not valid: a ticket, a password or a channel is wrong, or the sign-in was replayed. */
    FAILED,

    /** The sign-in was not checked, because too many earlier sign-ins had failed. */
    DELAYED,

    /** The sign-in could not be decided, because something was unavailable or Kerbearer had an internal error. */
    UNDECIDED;

    /** Returns the outcome of a sign-in with this refusal; empty if the refusal is only a challenge. */
    static Optional<SignInOutcome> of(Cause cause) {
        return switch (cause) {
            case CHALLENGE -> Optional.empty();
            case SIGN_IN_FAILED -> Optional.of(FAILED);
            case TOO_MANY_FAILED_SIGN_INS -> Optional.of(DELAYED);
            case UNAVAILABLE, OVERLOADED, SHUTTING_DOWN, INTERNAL_ERROR -> Optional.of(UNDECIDED);
            default -> Optional.of(REFUSED);
        };
    }

    /** Returns the name in metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
