package dev.kerbearer.windowsauth.ldap;

import dev.kerbearer.domain.identity.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One domain of Active Directory, and how to ask it.
 *
 * @param provider what stands before the colon of its identities
 * @param urls {@code ldap://} or {@code ldaps://}, each a domain controller; where one is away, the next is asked
 * @param startTls whether {@code ldap://} goes over to TLS before anything else is said
 * @param certificateAuthorities whose certificates the domain controllers show, as PEM; absent: those that the JDK trusts
 * @param base where users and groups are; absent: the whole domain
 * @param bind who asks
 * @param cache how long an answer is good
 * @param timeout how long an answer is waited for
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
     * @throws IllegalArgumentException where there is no URL, one is of another kind, or a duration is not positive
     */
    public DirectorySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("url: a directory has a URL, like ldap://dc1.corp.example");
        }
        urls.forEach(DirectorySettings::requireLdap);
        if (cache.isNegative() || cache.isZero() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("cache and timeout are longer than nothing, like 10m and 3s");
        }
        if (bind instanceof Bind.Simple && !startTls && urls.stream().anyMatch(url -> "ldap".equals(url.getScheme()))) {
            throw new IllegalArgumentException("bind: a password goes over TLS only: use ldaps:// or start-tls");
        }
    }

    private static void requireLdap(URI url) {
        boolean ldap = "ldap".equals(url.getScheme()) || "ldaps".equals(url.getScheme());
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("url: a directory's URL names no user; bind does");
        }
        if (!ldap || url.getHost() == null || !List.of("", "/").contains(url.getPath())) {
            throw new IllegalArgumentException(
                    "url: a directory's URL is ldap:// or ldaps:// with a host and perhaps a port, not " + url);
        }
    }

    /** Who asks. */
    public sealed interface Bind {

        /**
         * The service itself, by Kerberos (SASL GSSAPI) and a keytab: no second account.
         *
         * @param keytabs which may hold the key
         * @param realm of the account
         * @param account its name; absent: that of a key whose name has no {@code /} in it, as a computer's has not, or
         *     else that of the service principal
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
         * @param password read whenever a connection is made
         */
        record Simple(String name, Password password) implements Bind {}
    }

    /** A password that shows itself to nobody who does not ask for it. */
    @FunctionalInterface
    public interface Password {

        /** The password. */
        String reveal();
    }
}
