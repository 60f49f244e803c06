package dev.kerbearer.domain.identity;

import java.util.Set;

/**
 * What a ticket itself says of its client (RFC 4120 section 5.2.6; of Windows, the privilege attribute certificate): that
 * it was the KDC who wrote this was checked. Whose identifiers he may write is for the directory to judge.
 *
 * @param user who the client is
 * @param groups every group he is in, nested ones included
 */
public record AuthorizationData(Sid user, Set<Sid> groups) {

    /** Copies {@code groups}. */
    public AuthorizationData {
        groups = Set.copyOf(groups);
    }
}
