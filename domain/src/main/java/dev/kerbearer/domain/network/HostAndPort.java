package dev.kerbearer.domain.network;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL, and its port if the URL has one. Host names with an underscore are accepted, because Windows and
 * the DNS allow them. {@link URI#getHost()} returns nothing for these names, because RFC 952 does not allow them.
 *
 * @param host in lower case; an IPv6 address has its brackets
 * @param port the port of the URL; empty if it has none
 */
public record HostAndPort(String host, OptionalInt port) {

    private static final Pattern WITH_UNDERSCORE =
            Pattern.compile("(?<host>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?)(?::(?<port>\\d{1,5}))?");
    private static final int LARGEST_PORT = 65_535;

    /** Returns the host and port of a URL; empty if the URL has no host, or has a user. */
    public static Optional<HostAndPort> of(URI url) {
        if (url.getHost() != null) {
            return url.getRawUserInfo() == null ? valid(url.getHost(), port(url.getPort())) : Optional.empty();
        }
        return Optional.ofNullable(url.getRawAuthority())
                .map(WITH_UNDERSCORE::matcher)
                .filter(Matcher::matches)
                .flatMap(authority -> valid(authority.group("host"), written(authority.group("port"))));
    }

    private static Optional<HostAndPort> valid(String host, OptionalInt port) {
        return port.isPresent() && port.getAsInt() > LARGEST_PORT
                ? Optional.empty()
                : Optional.of(new HostAndPort(host.toLowerCase(Locale.ROOT), port));
    }

    private static OptionalInt port(int number) {
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static OptionalInt written(@Nullable String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
