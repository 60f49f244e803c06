package dev.kerbearer.domain.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network: all addresses that begin with the same bits.
 *
 * @param address an address in the network
 * @param prefix how many bits the addresses share
 */
public record Network(IpAddress address, int prefix) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    /**
     * @throws IllegalArgumentException if the prefix is negative, or longer than the address
     */
    public Network {
        if (prefix < 0 || prefix > Byte.SIZE * address.bytes().length) {
            throw new IllegalArgumentException("an address like " + address + " has no " + prefix + " bits");
        }
    }

    /** Returns the network with this single address. */
    public static Network of(IpAddress address) {
        return new Network(address, Byte.SIZE * address.bytes().length);
    }

    /** Reads an address, or a network in RFC 4632 form ({@code 10.0.0.0/8}); returns empty if the text is neither. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(Network::of);
        }
        String bits = text.substring(slash + 1);
        return IpAddress.parse(text.substring(0, slash))
                .filter(address ->
                        NUMBER.matcher(bits).matches() && Integer.parseInt(bits) <= Byte.SIZE * address.bytes().length)
                .map(address -> new Network(address, Integer.parseInt(bits)));
    }

    /** Returns whether the address is in the network. */
    public boolean contains(IpAddress other) {
        byte[] ours = address.bytes();
        byte[] theirs = other.bytes();
        int whole = prefix / Byte.SIZE;
        int rest = prefix % Byte.SIZE;
        return ours.length == theirs.length
                && Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest)) == 0);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
