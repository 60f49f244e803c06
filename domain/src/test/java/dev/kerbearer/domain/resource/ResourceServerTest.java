package dev.kerbearer.domain.resource;

import static dev.kerbearer.domain.Samples.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceServerTest {

    private static final ClientId ANOTHER = new ClientId("another");

    @Test
    void anEnabledResourceServerIsAcceptedByItsSecret() {
        assertThat(server(Optional.empty(), true).accepts("s3crét")).isTrue();
        assertThat(server(Optional.empty(), true).accepts("S3crét")).isFalse();
        assertThat(server(Optional.empty(), true).accepts("")).isFalse();
        assertThat(server(Optional.empty(), false).accepts("s3crét")).isFalse();
    }

    @Test
    void aResourceServerSeesTokensOfItsIntegrationsOrOfAllIfItHasNoList() {
        assertThat(server(Optional.empty(), true).maySee(ANOTHER)).isTrue();
        assertThat(server(Optional.of(Set.of(CLIENT)), true).maySee(CLIENT)).isTrue();
        assertThat(server(Optional.of(Set.of(CLIENT)), true).maySee(ANOTHER)).isFalse();
        assertThat(server(Optional.of(Set.of()), true).maySee(CLIENT)).isFalse();
    }

    @Test
    void theListOfIntegrationsIsCopied() {
        Set<ClientId> integrations = new HashSet<>(Set.of(CLIENT));
        ResourceServer server = server(Optional.of(integrations), true);
        integrations.add(ANOTHER);
        assertThat(server.maySee(ANOTHER)).isFalse();
    }

    @Test
    void anIdHas1To128CharactersAndNoControlCharacter() {
        for (String right : new String[] {"f", "File server", "a".repeat(128)}) {
            assertThat(ResourceServerId.isWellFormed(right)).as(right).isTrue();
            assertThat(new ResourceServerId(right)).hasToString(right);
        }
        for (String wrong : new String[] {"", "a".repeat(129), "a\n", "\u0085"}) {
            assertThat(ResourceServerId.isWellFormed(wrong)).as(wrong).isFalse();
            assertThatThrownBy(() -> new ResourceServerId(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a resource server's id has 1 to 128 characters, and no control character");
        }
    }

    private static ResourceServer server(Optional<Set<ClientId>> integrations, boolean enabled) {
        Sha256 secret = Sha256.of("s3crét".getBytes(StandardCharsets.UTF_8));
        return new ResourceServer(new ResourceServerId("files"), secret, integrations, enabled);
    }
}
