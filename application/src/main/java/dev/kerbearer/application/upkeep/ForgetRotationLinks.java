package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.RotationLinks;

/** Forgets how successors of refresh tokens were derived, once their leeway is over: then nobody can do it again. */
public final class ForgetRotationLinks {

    private final RotationLinks links;

    /**
     * @param links the links that are kept
     */
    public ForgetRotationLinks(RotationLinks links) {
        this.links = links;
    }

    /**
     * Forgets all that are old, in small transactions.
     *
     * @return how many
     * @throws dev.kerbearer.domain.port.Unavailable where nothing can be changed now
     */
    public int forget() {
        return Batches.all(links::forget);
    }
}
