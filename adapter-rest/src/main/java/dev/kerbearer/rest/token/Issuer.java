package dev.kerbearer.rest.token;

import java.net.URI;
import java.util.Locale;
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
     * Returns the issuer for a configured address.
     *
     * @throws IllegalArgumentException if an issuer cannot have that address
     */
    public static Issuer at(URI configured) {
        String scheme = String.valueOf(configured.getScheme()).toLowerCase(Locale.ROOT);
        boolean good = (scheme.equals("https") || scheme.equals("http"))
                && configured.getHost() != null
                && configured.getRawUserInfo() == null
                && configured.getRawQuery() == null
                && configured.getRawFragment() == null;
        if (!good) {
            throw new IllegalArgumentException(
                    "it must be like https://auth.example.com, without a query or a fragment, not " + configured);
        }
        String url = configured.toString().replaceFirst("/+$", "");
        return new Issuer(() -> url);
    }

    /** Returns the issuer's URL. */
    public String url() {
        return url.get();
    }
}
