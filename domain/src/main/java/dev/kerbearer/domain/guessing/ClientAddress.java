package dev.kerbearer.domain.guessing;

import dev.kerbearer.domain.network.IpAddress;
import java.util.HexFormat;

/**
 * The client that a network address stands for: who has one address of IPv6 has all of its /64.
 *
 * @param value an address of IPv4, the first half of one of IPv6, or what else it was called
 */
public record ClientAddress(String value) {

    private static final int NETWORK = 8;

    /** The client that this address stands for. */
    public static ClientAddress of(String address) {
        return IpAddress.parse(address).map(ClientAddress::of).orElseGet(() -> new ClientAddress(address));
    }

    private static ClientAddress of(IpAddress ip) {
        return new ClientAddress(ip.isIpv6() ? HexFormat.of().formatHex(ip.bytes(), 0, NETWORK) : ip.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
