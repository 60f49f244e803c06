package dev.kerbearer.domain.identity;

import dev.kerbearer.domain.password.Password;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An identity that Kerbearer keeps itself, as an import describes it.
 *
 * @param name the name within the provider {@code local}
 * @param guid the id, if the import gives one. Otherwise an existing identity with this name keeps its id, and a new
 *     identity gets a new id.
 * @param principals the Kerberos principals of this identity; a principal belongs to one identity only
 * @param groups the names of its groups; a group that does not exist yet is created
 * @param enabled whether it may sign in
 * @param ntlm its password for NTLM; absent if the identity may not sign in with NTLM. Only the verifier of this
 *     password is stored, and only if the identity is new. If this is absent, a stored verifier is deleted.
 */
public record LocalIdentity(
        PrefixedName name,
        Optional<UUID> guid,
        Set<Principal> principals,
        Set<PrefixedName> groups,
        boolean enabled,
        Optional<Password> ntlm) {

    /** Copies {@code principals} and {@code groups}. */
    public LocalIdentity {
        principals = Set.copyOf(principals);
        groups = Set.copyOf(groups);
    }

    /** Creates an identity that may not sign in with NTLM. */
    public LocalIdentity(
            PrefixedName name,
            Optional<UUID> guid,
            Set<Principal> principals,
            Set<PrefixedName> groups,
            boolean enabled) {
        this(name, guid, principals, groups, enabled, Optional.empty());
    }
}
