package dev.kerbearer.rest.token;

import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

/** What Kerbearer calls itself in the OAuth standards (RFC 8414 section 2); never what a request calls it. */
public final class Issuer {

    private final Supplier<String> url;

    /**
     * @param url the address at which clients reach it, without a slash at its end; asked for when it is answered, as the
     *     port may be known only then
     */
    public Issuer(Supplier<String> url) {
        this.url = url;
    }

    /**
     * The issuer of a configured address.
     *
     * @throws IllegalArgumentException where it is not one that an issuer can have
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
                    "it is to be like https://auth.example.com, without a query or a fragment, not " + configured);
        }
        String url = configured.toString().replaceFirst("/+$", "");
        return new Issuer(() -> url);
    }

    /** As it is written everywhere. */
    public String url() {
        return url.get();
    }
}
