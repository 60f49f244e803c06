package dev.kerbearer.windowsauth.ldap;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.network.HostAndPort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One domain of Active Directory, and how to connect to it.
 *
 * @param provider the provider of its identities, written before the colon
 * @param urls {@code ldap://} or {@code ldaps://}, each a domain controller; if one is away, the next is asked
 * @param startTls whether {@code ldap://} switches to TLS before anything else is sent
 * @param certificateAuthorities the authorities of the domain controllers' certificates, as PEM; absent: those that the
 *     JDK trusts
 * @param base the base of users and groups; absent: the whole domain
 * @param bind the credentials for the bind
 * @param cache how long an answer is cached
 * @param timeout how long to wait for an answer
 */
public record DirectorySettings(
        Provider provider,
        List<URI> urls,
        boolean startTls,
        Optional<Path> certificateAuthorities,
        Optional<String> base,
        Bind bind,
        Duration cache,
        Duration timeout) {

    /**
     * @throws IllegalArgumentException if there is no URL, a URL is not acceptable, a duration is not positive, or a
     *     password would be sent without TLS
     */
    public DirectorySettings {
        urls = urls.stream().map(DirectorySettings::inLowerCase).toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("url: a directory needs a URL, like ldap://dc1.corp.example");
        }
        urls.forEach(DirectorySettings::requireLdap);
        if (cache.isNegative() || cache.isZero() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("cache and timeout must be positive, like 10m and 3s");
        }
        if (bind instanceof Bind.Simple && !startTls && urls.stream().anyMatch(url -> "ldap".equals(url.getScheme()))) {
            throw new IllegalArgumentException("bind: a password is sent only over TLS: use ldaps:// or start-tls");
        }
    }

    /** Schemes are case-insensitive (RFC 3986 section 3.1). */
    private static URI inLowerCase(URI url) {
        return url.getScheme() == null
                ? url
                : URI.create(url.getScheme().toLowerCase(Locale.ROOT)
                        + url.toString().substring(url.getScheme().length()));
    }

    private static void requireLdap(URI url) {
        boolean ldap = "ldap".equals(url.getScheme()) || "ldaps".equals(url.getScheme());
        if (String.valueOf(url.getRawAuthority()).contains("@")) {
            throw new IllegalArgumentException("url: a directory's URL must not name a user: set bind instead");
        }
        if (!ldap || HostAndPort.of(url).isEmpty() || !List.of("", "/").contains(url.getPath())) {
            throw new IllegalArgumentException(
                    "url: a directory's URL must be ldap:// or ldaps:// with a host and optionally a port, not " + url);
        }
    }

    /** The credentials for the bind. */
    public sealed interface Bind {

        /**
         * The service's own account, by Kerberos (SASL GSSAPI) and a keytab; no second account is needed.
         *
         * @param keytabs the files that may hold the key
         * @param realm of the account
         * @param account the account's name; absent: the name of a key without {@code /}, such as a computer's, or else
         *     that of the service principal
         */
        record Keytab(List<Path> keytabs, String realm, Optional<String> account) implements Bind {

            /** Copies {@code keytabs}. */
            public Keytab {
                keytabs = List.copyOf(keytabs);
            }
        }

        /**
         * A name and a password, over TLS only.
         *
         * @param name a distinguished name or {@code name@domain}
         * @param password read for each new connection
         */
        record Simple(String name, Password password) implements Bind {}
    }

    /** A password that is shown only on request. */
    @FunctionalInterface
    public interface Password {

        /** Returns the password. */
        String reveal();
    }
}
