package dev.kerbearer.domain.identity;

import java.util.Set;

/**
 * The authorization data of a ticket (RFC 4120 section 5.2.6): in Windows, the privilege attribute certificate. An
 * earlier check has verified that the KDC wrote it. The directory decides which identifiers that KDC may write.
 *
 * @param user the client
 * @param groups every group of the client, including nested ones
 */
public record AuthorizationData(Sid user, Set<Sid> groups) {

    /** Copies {@code groups}. */
    public AuthorizationData {
        groups = Set.copyOf(groups);
    }
}
