package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.network.IpAddress;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From where a sign-in comes of which nothing was found out before; a connection that is gone has no address. */
class ConnectedFromTest {

    @Test
    void itIsWhoConnectedOrThisMachine() {
        assertThat(Peer.connectedFrom(SocketAddress.inetSocketAddress(4711, "192.0.2.1")))
                .isEqualTo(CallAddress.of(IpAddress.parse("192.0.2.1").orElseThrow()));
        assertThat(Peer.connectedFrom(SocketAddress.domainSocketAddress("/run/kerbearer.sock")))
                .isEqualTo(new CallAddress(IpAddress.LOOPBACK, Optional.of("/run/kerbearer.sock")));
        assertThat(Peer.connectedFrom(null)).isEqualTo(new CallAddress(IpAddress.LOOPBACK, Optional.of("unknown")));
    }
}
