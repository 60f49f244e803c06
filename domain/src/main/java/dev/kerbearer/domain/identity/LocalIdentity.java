package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.password.NtHash;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An identity that Kerbearer keeps itself, as an import describes it.
 *
 * @param name within the provider {@code local}
 * @param guid where the import gives one; otherwise that of the identity with this name, or a new one
 * @param principals the Kerberos principals that are this identity; one principal is one identity's only
 * @param groups the names of its groups; a group named for the first time is made
 * @param enabled whether it may sign in
 * @param ntlm by what its answers are checked, where it may sign in with NTLM; kept where the import makes the identity,
 *     and left as it is where that is there already
 */
public record LocalIdentity(
        PrefixedName name,
        Optional<UUID> guid,
        Set<Principal> principals,
        Set<PrefixedName> groups,
        boolean enabled,
        Optional<NtHash> ntlm) {

    /** Copies {@code principals} and {@code groups}. */
    public LocalIdentity {
        principals = Set.copyOf(principals);
        groups = Set.copyOf(groups);
    }

    /** An identity that may not sign in with NTLM. */
    public LocalIdentity(
            PrefixedName name,
            Optional<UUID> guid,
            Set<Principal> principals,
            Set<PrefixedName> groups,
            boolean enabled) {
        this(name, guid, principals, groups, enabled, Optional.empty());
    }
}
