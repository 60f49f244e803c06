package dev.kerbearer.domain.port;

import java.time.Instant;
import java.util.Optional;

/** The records that are deleted in time: rotation links, sign-ins, failed sign-ins and grants. */
public interface Expiring {

    /**
     * Deletes expired records. It skips a record that another call is deleting.
     *
     * @param atMost the most rows in one transaction
     * @return how many were deleted
     * @throws Unavailable if nothing can be changed
     */
    int forget(Expired what, int atMost);

    /** The records to delete, with the moment from which they count as expired. */
    sealed interface Expired {

        /**
         * The links for deriving the successors of refresh tokens again, if their leeway is over by the storage clock.
         * After that, nobody can derive the successors again.
         */
        record Links() implements Expired {}

        /**
         * The digests of answered sign-ins, oldest first.
         *
         * @param before delete sign-ins that were answered before this moment
         */
        record SignIns(Instant before) implements Expired {}

        /**
         * Counts of failed sign-ins that no longer matter, and addresses without a recent sign-in. If there are too many
         * of them, only the newest are kept. The limit of rows applies to each of these kinds.
         *
         * @param at the current time
         */
        record Failures(Instant at) implements Expired {}

        /**
         * Grants with all their tokens, oldest first. The limit counts the rows of the grants' tokens too. At least one
         * grant is deleted if there is one to delete.
         *
         * @param over delete grants that were ended or expired before this moment
         * @param unused also delete grants whose access token expired before this moment; absent: a grant may stay
         *     unused as long as it lives
         */
        record EndedGrants(Instant over, Optional<Instant> unused) implements Expired {}
    }
}
