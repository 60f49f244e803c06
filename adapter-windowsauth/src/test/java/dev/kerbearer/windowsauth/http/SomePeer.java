package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import java.util.Optional;

/** A client at 10.0.0.1, on a channel that is not checked. */
final class SomePeer {

    private SomePeer() {}

    static Peer on(Object connection, Optional<String> here) {
        CallAddress from = CallAddress.of(IpAddress.parse("10.0.0.1").orElseThrow());
        return new Peer(connection, from, here, () -> TlsChannel.UNCHECKED);
    }
}
