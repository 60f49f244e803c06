package dev.kerbearer.rest.token;

import dev.kerbearer.domain.network.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Kerbearer's issuer name in the OAuth standards (RFC 8414 section 2); never taken from a request. */
public final class Issuer {

    private final Supplier<String> url;

    /**
     * @param url the address at which clients reach Kerbearer, without a trailing slash; read on each use, because the
     *     port may be unknown earlier
     */
    public Issuer(Supplier<String> url) {
        this.url = url;
    }

    /**
     * Returns the issuer for a configured address, with scheme and host in lower case. They mean the same in any case
     * (RFC 3986 section 6.2.2.1), but clients compare issuers as text.
     *
     * @throws IllegalArgumentException if an issuer cannot have that address
     */
    public static Issuer at(URI configured) {
        String scheme = String.valueOf(configured.getScheme()).toLowerCase(Locale.ROOT);
        Optional<HostAndPort> address = HostAndPort.of(configured);
        boolean good = (scheme.equals("https") || scheme.equals("http"))
                && address.isPresent()
                && configured.getRawQuery() == null
                && configured.getRawFragment() == null;
        if (!good) {
            throw new IllegalArgumentException("it must be like https://auth.example.com, without a user, a query or a"
                    + " fragment, not " + configured);
        }
        OptionalInt port = address.get().port();
        String url = scheme + "://" + address.get().host() + (port.isPresent() ? ":" + port.getAsInt() : "")
                + configured.getRawPath().replaceFirst("/+$", "");
        return new Issuer(() -> url);
    }

    /** Returns the issuer's URL. */
    public String url() {
        return url.get();
    }
}
