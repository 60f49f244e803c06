package dev.kerbearer.domain.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link TrusteeNames}. */
public interface TrusteeNamesContract extends StoragePorts {

    @Test
    default void theIdentityOfATrusteesNameIsRememberedUntilAnotherReplacesIt() {
        PrefixedName name = PrefixedName.parse("AD+CORP:pki-users");
        assertThat(trusteeNames().find(name)).isEmpty();
        Identity first = new Identity(name.provider(), UUID.randomUUID());
        Identity second = new Identity(name.provider(), UUID.randomUUID());
        trusteeNames().remember(name, first);
        trusteeNames().remember(name, first);
        assertThat(trusteeNames().find(name)).contains(first);
        trusteeNames().remember(name, second);
        assertThat(trusteeNames().find(name)).contains(second);
        assertThat(trusteeNames().find(PrefixedName.parse("AD+OTHER:pki-users")))
                .isEmpty();
    }
}
