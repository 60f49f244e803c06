package dev.kerbearer.domain.identity;

import java.util.Set;

/**
 * The signed-in user who makes a request.
 *
 * @param identity the user
 * @param name the user's display name
 * @param groups every group of the user, including nested ones
 */
public record Caller(Identity identity, PrefixedName name, Set<Identity> groups) {

    /** Copies {@code groups}. */
    public Caller {
        groups = Set.copyOf(groups);
    }
}
