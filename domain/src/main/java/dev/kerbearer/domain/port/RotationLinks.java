package dev.kerbearer.domain.port;

/** The links for deriving the successors of refresh tokens again. The cleanup job deletes them. */
public interface RotationLinks {

    /**
     * Deletes links whose leeway is over by the storage clock. After that, nobody can derive their successors again.
     *
     * @param atMost the most links in this one transaction
     * @return how many were deleted
     * @throws Unavailable if nothing can be changed
     */
    int forget(int atMost);
}
