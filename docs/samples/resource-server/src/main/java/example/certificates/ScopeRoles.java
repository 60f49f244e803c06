package example.certificates;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives a caller one role for each permission that the token's scope covers. The item
 * {@code certificate:discover,manage} covers {@code certificate}, {@code certificate:discover} and
 * {@code certificate:manage}.
 */
@ApplicationScoped
public class ScopeRoles implements SecurityIdentityAugmentor {

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        QuarkusSecurityIdentity.Builder caller = QuarkusSecurityIdentity.builder(identity);
        identity.getRoles().forEach(item -> caller.addRoles(coveredBy(item)));
        return Uni.createFrom().item(caller.build());
    }

    /** Returns the permissions that an item of a scope covers. Each permission has at most one restriction. */
    static Set<String> coveredBy(String item) {
        String[] parts = item.split("[:,]", -1);
        Set<String> covered = new HashSet<>(Set.of(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            covered.add(parts[0] + ":" + parts[i]);
        }
        return covered;
    }
}
