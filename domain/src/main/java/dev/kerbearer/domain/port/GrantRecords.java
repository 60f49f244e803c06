package dev.kerbearer.domain.port;

import java.time.Instant;
import java.util.Optional;

/** The grants that are over, for the cleanup job. */
public interface GrantRecords {

    /**
     * Deletes grants that were over before a moment, with all their tokens, oldest first. It skips a grant that another
     * call is deleting.
     *
     * @param over delete grants that were ended or expired before this moment
     * @param expired also delete grants whose access token expired before this moment; absent: a grant may stay unused
     *     as long as it lives
     * @param atMost the most grants in this one transaction; fewer if they have many tokens, but at least one if there
     *     is one to delete
     * @return how many were deleted
     * @throws Unavailable if nothing can be changed
     */
    int forget(Instant over, Optional<Instant> expired, int atMost);
}
