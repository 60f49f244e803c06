package dev.kerbearer.domain.port;

import java.time.Instant;

/** The digests of answered sign-ins, for the cleanup job. */
public interface SignInRecords {

    /**
     * Deletes sign-ins answered before the given time, oldest first.
     *
     * @param atMost the most rows in this one transaction
     * @return how many were deleted
     * @throws Unavailable if nothing can be changed
     */
    int forget(Instant before, int atMost);
}
