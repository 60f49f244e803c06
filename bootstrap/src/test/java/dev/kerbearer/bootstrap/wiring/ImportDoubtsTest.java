package dev.kerbearer.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.config.KerbearerConfig.Realm;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportDoubtsTest {

    @Test
    void aPrincipalOfARealmThatIsNotMappedToLocalCannotSignIn() {
        LocalIdentity alice = new LocalIdentity(
                PrefixedName.parse("local:alice"),
                Optional.empty(),
                Set.of(Principal.parse("alice@A.EXAMPLE"), Principal.parse("alice@B.EXAMPLE")),
                Set.of(),
                true);
        assertThat(ImportDoubts.of(alice, Map.of("A.EXAMPLE", () -> "local", "B.EXAMPLE", () -> "local")))
                .isEmpty();
        for (Map<String, Realm> other : List.<Map<String, Realm>>of(
                Map.of("A.EXAMPLE", () -> "local"),
                Map.of("A.EXAMPLE", () -> "local", "b.example", () -> "local"),
                Map.of("A.EXAMPLE", () -> "local", "B.EXAMPLE", () -> "CORP"))) {
            assertThat(ImportDoubts.of(alice, other))
                    .singleElement()
                    .asString()
                    .contains("alice@B.EXAMPLE of local:alice", "set kerbearer.realms.\"B.EXAMPLE\".provider=local");
        }
    }

    @Test
    void anIntegrationThatDoesNotExistIsNamed() {
        ResourceServer files = server(Optional.of(Set.of(new ClientId("a"), new ClientId("b"))));
        assertThat(ImportDoubts.of(files, id -> id.equals(new ClientId("a"))))
                .singleElement()
                .asString()
                .contains("The resource server files may see tokens of the integration b, which does not exist");
        assertThat(ImportDoubts.of(files, id -> true)).isEmpty();
        assertThat(ImportDoubts.of(server(Optional.empty()), id -> false)).isEmpty();
    }

    @Test
    void theCountsAreReadable() {
        assertThat(ImportDoubts.counts(1, 2, 0, 3))
                .isEqualTo("Imports: 1 local identity, 2 integrations, 0 resource servers, from 3 files");
    }

    private static ResourceServer server(Optional<Set<ClientId>> integrations) {
        return new ResourceServer(new ResourceServerId("files"), Sha256.of(new byte[] {1}), integrations, true);
    }
}
