package dev.kerbearer.domain.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address. An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) equals the IPv4 address, because it
 * is the same host.
 */
public final class IpAddress {

    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final HexFormat HEX = HexFormat.of();

    /** This machine. */
    public static final IpAddress LOOPBACK = new IpAddress(new byte[] {127, 0, 0, 1});

    private static final int GROUPS = 8;

    /** Enough for eight groups with an IPv4 address in the last two, and a zone. */
    private static final int LONGEST = 100;

    private static final byte[] MAPPED_IPV4 = HEX.parseHex("00000000000000000000ffff");

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads an address in its text form (RFC 4291 section 2.2); returns empty if the text is not an address. It never
     * looks up a name. A zone ({@code fe80::1%eth0}) is dropped, because it has a meaning on one host only (RFC 4007
     * section 6).
     */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.indexOf(':') < 0) {
            return ipv4(text).map(IpAddress::new);
        }
        int zone = text.indexOf('%');
        return ipv6(zone < 0 ? text : text.substring(0, zone)).map(IpAddress::withoutMapping);
    }

    /**
     * Reads an IPv4 address. Leading zeros, as in {@code 010.0.0.1}, are rejected, because some parsers read such a
     * number as octal.
     */
    private static Optional<byte[]> ipv4(String text) {
        byte[] bytes = new byte[4];
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            int end = i < bytes.length - 1 ? text.indexOf('.', start) : text.length();
            int octet = octet(text, start, end);
            if (octet < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) octet;
            start = end + 1;
        }
        return Optional.of(bytes);
    }

    /** Returns the number between two places of a text; -1 if it is not a number from 0 to 255. */
    private static int octet(String text, int start, int end) {
        int digits = end - start;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    private static Optional<byte[]> ipv6(String text) {
        String hexadecimal = text;
        int lastGroup = text.lastIndexOf(':') + 1;
        if (text.indexOf('.') >= 0) {
            Optional<byte[]> embedded = ipv4(text.substring(lastGroup));
            if (embedded.isEmpty()) {
                return Optional.empty();
            }
            String digits = HEX.formatHex(embedded.get());
            hexadecimal = text.substring(0, lastGroup) + digits.substring(0, 4) + ":" + digits.substring(4);
        }
        int gap = hexadecimal.indexOf("::");
        List<String> head = groups(gap < 0 ? hexadecimal : hexadecimal.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(hexadecimal.substring(gap + 2));
        int written = head.size() + tail.size();
        if (gap < 0 ? written != GROUPS : written >= GROUPS) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(head);
        all.addAll(Collections.nCopies(GROUPS - written, "0"));
        all.addAll(tail);
        return bytesOf(all);
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    private static Optional<byte[]> bytesOf(List<String> groups) {
        byte[] bytes = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            String group = groups.get(i);
            if (!GROUP.matcher(group).matches()) {
                return Optional.empty();
            }
            int value = Integer.parseInt(group, 16);
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static IpAddress withoutMapping(byte[] bytes) {
        boolean mapped = Arrays.equals(bytes, 0, MAPPED_IPV4.length, MAPPED_IPV4, 0, MAPPED_IPV4.length);
        return new IpAddress(mapped ? Arrays.copyOfRange(bytes, MAPPED_IPV4.length, bytes.length) : bytes);
    }

    /** Returns whether it is an IPv6 address. */
    public boolean isIpv6() {
        return bytes.length == 2 * GROUPS;
    }

    /** Returns whether it is a loopback address. */
    public boolean isLoopback() {
        return isIpv6() ? toString().equals("::1") : bytes[0] == 127;
    }

    /** Returns the 4 or 16 bytes of the address. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the canonical text form: RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return isIpv6() ? ipv6Text() : ipv4Text();
    }

    private String ipv4Text() {
        return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
    }

    private String ipv6Text() {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 2) {
            groups.add(Integer.toHexString(((bytes[i] & 255) << 8) | (bytes[i + 1] & 255)));
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        // RFC 5952 section 4.2.2: "::" must not replace a single group.
        return length < 2
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start)) + "::"
                        + String.join(":", groups.subList(start + length, GROUPS));
    }

    private static int zerosFrom(List<String> groups, int start) {
        int end = start;
        while (end < GROUPS && groups.get(end).equals("0")) {
            end++;
        }
        return end - start;
    }
}
