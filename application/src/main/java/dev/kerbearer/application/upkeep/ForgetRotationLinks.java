package dev.kerbearer.application.upkeep;

import dev.kerbearer.domain.port.RotationLinks;

/**
 * Deletes the links to successors of refresh tokens once their leeway is over. After that, nobody can derive the
 * successors again.
 */
public final class ForgetRotationLinks {

    private final RotationLinks links;

    /**
     * @param links the stored links
     */
    public ForgetRotationLinks(RotationLinks links) {
        this.links = links;
    }

    /**
     * Deletes all expired links in small transactions.
     *
     * @return how many were deleted
     * @throws dev.kerbearer.domain.port.Unavailable if nothing can be changed now
     */
    public int forget() {
        return Batches.all(links::forget);
    }
}
