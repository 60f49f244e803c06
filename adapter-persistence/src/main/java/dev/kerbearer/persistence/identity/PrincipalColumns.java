package dev.kerbearer.persistence.identity;

import dev.kerbearer.domain.identity.Principal;
import jakarta.persistence.Embeddable;

/** A Kerberos principal in {@code local_principals}. */
@Embeddable
record PrincipalColumns(String realm, String name) {

    static PrincipalColumns of(Principal principal) {
        return new PrincipalColumns(principal.realm(), principal.name());
    }
}
