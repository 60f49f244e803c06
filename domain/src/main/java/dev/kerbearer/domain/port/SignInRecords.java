package dev.kerbearer.domain.port;

import java.time.Instant;

/** The digests of sign-ins that were answered, for the one who clears them away. */
public interface SignInRecords {

    /**
     * Forgets sign-ins answered before that moment, oldest first.
     *
     * @param atMost how many in this one transaction
     * @return how many were forgotten
     * @throws Unavailable where nothing can be changed
     */
    int forget(Instant before, int atMost);
}
