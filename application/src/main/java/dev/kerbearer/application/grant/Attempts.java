package dev.kerbearer.application.grant;

import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.Unavailable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Repeats a decision and its SQL statement if the rules change between the two. */
final class Attempts {

    private static final int MOST = 10;

    private Attempts() {}

    /**
     * Returns the first result of the attempt.
     *
     * @param client the client with these rules
     * @param first the first decision, which may use cached rules
     * @param current decides by the current rules, and may refuse
     * @param attempt carries out a decision; returns empty if the rules have changed since the decision
     * @throws Unavailable if the rules change during every attempt
     */
    static <D, R> R until(ClientId client, D first, Supplier<D> current, Function<D, Optional<R>> attempt) {
        D decision = first;
        for (int i = 0; i < MOST; i++) {
            Optional<R> result = attempt.apply(decision);
            if (result.isPresent()) {
                return result.get();
            }
            decision = current.get();
        }
        throw new Unavailable("storage", new IllegalStateException("the rules of " + client + " keep changing"));
    }
}
