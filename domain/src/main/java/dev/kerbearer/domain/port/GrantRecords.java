package dev.kerbearer.domain.port;

import java.time.Instant;
import java.util.Optional;

/** The grants that are over, for the one who clears them away. */
public interface GrantRecords {

    /**
     * Forgets grants that were over before a moment, and every token that they had; oldest first. One that is being
     * forgotten elsewhere is left to whoever does it.
     *
     * @param over grants that were ended, or whose time was up, before this moment
     * @param expired grants whose access token expired before this moment, too; absent: a grant may be unused for as long
     *     as it lives
     * @param atMost how many in this one transaction; fewer where they had many tokens, but one at least where there is
     *     one
     * @return how many were forgotten
     * @throws Unavailable where nothing can be changed
     */
    int forget(Instant over, Optional<Instant> expired, int atMost);
}
