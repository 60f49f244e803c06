package dev.kerbearer.domain.port;

/** The links by which successors of refresh tokens are derived again, for the one who clears them away. */
public interface RotationLinks {

    /**
     * Deletes links whose leeway is over by the clock of the storage: from then on nobody can derive what they led to.
     *
     * @param atMost how many in this one transaction
     * @return how many were deleted
     * @throws Unavailable where nothing can be changed
     */
    int forget(int atMost);
}
