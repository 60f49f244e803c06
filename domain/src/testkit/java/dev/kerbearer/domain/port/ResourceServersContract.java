package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link ResourceServers}. */
public interface ResourceServersContract extends StoragePorts {

    @Test
    default void aResourceServerIsFoundAsItWasPutLast() {
        ResourceServerId id = new ResourceServerId("files");
        Sha256 secret = Sha256.of(new byte[] {1});
        ResourceServer some = new ResourceServer(id, secret, Optional.of(Set.of(CLIENT, new ClientId("b,\"c"))), true);
        resourceServers().put(some, IMPORT);
        assertThat(resourceServers().find(id)).contains(some);
        assertThat(resourceServers().find(new ResourceServerId("Files"))).isEmpty();
        ResourceServer none = new ResourceServer(id, secret, Optional.of(Set.of()), true);
        resourceServers().put(none, IMPORT);
        assertThat(resourceServers().find(id)).contains(none);
        ResourceServer all = new ResourceServer(id, Sha256.of(new byte[] {2}), Optional.empty(), false);
        resourceServers().put(all, IMPORT);
        assertThat(resourceServers().find(id)).contains(all);
    }
}
