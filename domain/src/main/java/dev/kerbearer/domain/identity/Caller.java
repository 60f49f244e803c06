package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.version.Version;
import java.util.Optional;
import java.util.Set;

/**
 * The signed-in user who makes a request.
 *
 * @param identity the user
 * @param name the user's display name
 * @param groups every group of the user, including nested ones
 * @param version the version of the identity, if Kerbearer keeps it itself
 */
public record Caller(Identity identity, PrefixedName name, Set<Identity> groups, Optional<Version> version) {

    /** Copies {@code groups}. */
    public Caller {
        groups = Set.copyOf(groups);
    }

    /** Creates a caller whose identity another directory keeps. */
    public Caller(Identity identity, PrefixedName name, Set<Identity> groups) {
        this(identity, name, groups, Optional.empty());
    }
}
