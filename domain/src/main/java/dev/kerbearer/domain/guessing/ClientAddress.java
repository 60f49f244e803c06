package dev.kerbearer.domain.guessing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Whom a network address stands for: whoever has an address of IPv6 has all of its /64.
 *
 * @param value an address of IPv4, the first half of one of IPv6, or what else it was called
 */
public record ClientAddress(String value) {

    private static final int NETWORK = 8;

    /** Whom that address stands for. */
    public static ClientAddress of(String address) {
        if (!address.contains(":")) {
            return new ClientAddress(address);
        }
        int zone = address.indexOf('%');
        try {
            // In brackets it is never taken for a name that somebody's name server is to be asked for.
            InetAddress parsed = InetAddress.getByName("[" + (zone < 0 ? address : address.substring(0, zone)) + "]");
            byte[] bytes = parsed.getAddress();
            // One of IPv4 that is written as one of IPv6 is parsed as the former.
            return new ClientAddress(
                    bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, NETWORK) : parsed.getHostAddress());
        } catch (UnknownHostException noAddress) {
            return new ClientAddress(address);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
