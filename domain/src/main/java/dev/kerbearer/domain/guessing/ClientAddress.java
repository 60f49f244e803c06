package dev.kerbearer.domain.guessing;

import dev.kerbearer.domain.network.IpAddress;
import java.util.HexFormat;

/**
 * The client behind a network address. All IPv6 addresses of one /64 count as one client.
 *
 * @param value an IPv4 address, the first half of an IPv6 address, or the text itself if it is not an address
 */
public record ClientAddress(String value) {

    private static final int NETWORK = 8;

    /** Returns the client behind this address. */
    public static ClientAddress of(String address) {
        return IpAddress.parse(address).map(ClientAddress::of).orElseGet(() -> new ClientAddress(address));
    }

    /** Returns the client behind this address. */
    public static ClientAddress of(IpAddress ip) {
        return new ClientAddress(ip.isIpv6() ? HexFormat.of().formatHex(ip.bytes(), 0, NETWORK) : ip.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
