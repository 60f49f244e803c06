package dev.kerbearer.persistence.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedResourceServersTest {

    private static final ResourceServerId FILES = new ResourceServerId("files");
    private static final Act.ByName IMPORT = Act.atTheStart(Origin.ofImport("files.json"), Samples.NOW);

    private final Stored stored = new Stored();
    private long now;
    private final ResourceServers remembered = new RememberedResourceServers(stored, () -> now);

    @Test
    void aRememberedServerIsNotLookedUpAgain() {
        stored.put(files(true), IMPORT);
        for (int i = 0; i < 10; i++) {
            assertThat(remembered.find(FILES)).contains(files(true));
        }
        assertThat(stored.looks).isEqualTo(1);
    }

    @Test
    void aChangeByAnotherNodeIsSeenWithinASecond() {
        stored.put(files(true), IMPORT);
        assertThat(remembered.find(FILES)).contains(files(true));
        stored.put(files(false), IMPORT);
        now += 1_000_000_000L;
        assertThat(remembered.find(FILES)).contains(files(false));
    }

    @Test
    void aChangeByThisNodeIsSeenAtOnce() {
        remembered.put(files(true), IMPORT);
        assertThat(remembered.find(FILES)).contains(files(true));
        remembered.put(files(false), IMPORT);
        assertThat(remembered.find(FILES)).contains(files(false));
    }

    @Test
    void aMissingServerIsLookedUpEachTime() {
        assertThat(remembered.find(FILES)).isEmpty();
        stored.put(files(true), IMPORT);
        assertThat(remembered.find(FILES)).contains(files(true));
    }

    private static ResourceServer files(boolean enabled) {
        return new ResourceServer(FILES, Sha256.of(new byte[] {1}), Optional.empty(), enabled);
    }

    private static final class Stored implements ResourceServers {

        private final Map<ResourceServerId, ResourceServer> all = new HashMap<>();
        private int looks;

        @Override
        public Optional<ResourceServer> find(ResourceServerId id) {
            looks++;
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public void put(ResourceServer server, Act.ByName act) {
            all.put(server.id(), server);
        }
    }
}
