package dev.kerbearer.domain.identity;

import java.util.Set;

/**
 * Who makes a request, once signed in and recognised.
 *
 * @param identity the user
 * @param name what people call him
 * @param groups every group he is in, nested ones included
 */
public record Caller(Identity identity, PrefixedName name, Set<Identity> groups) {

    /** Copies {@code groups}. */
    public Caller {
        groups = Set.copyOf(groups);
    }
}
