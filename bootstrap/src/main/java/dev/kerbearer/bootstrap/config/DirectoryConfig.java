package dev.kerbearer.bootstrap.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An Active Directory domain. */
public interface DirectoryConfig {

    /**
     * Domain controllers: {@code ldap://} or {@code ldaps://} with a host, separated by commas. If one is
     * unavailable, the next one is used.
     */
    List<URI> url();

    /** Distinguished name under which users and groups are looked up. Absent: the whole domain. */
    Optional<String> base();

    /** Whether {@code ldap://} connections switch to TLS (StartTLS) before anything else is sent. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean startTls();

    /**
     * PEM file of the certificate authorities that are trusted for the domain controllers. Absent: those that the
     * JDK trusts.
     */
    Optional<Path> certificateAuthorities();

    /** The account that queries the directory. */
    Bind bind();

    /**
     * Whether tickets of its realms must have a PAC, which domain controllers add and which identifies the client:
     * {@code required} or {@code optional}. With {@code optional}, a ticket without a PAC is accepted by its client
     * name (docs/active-directory.md).
     */
    @WithDefault("required")
    Pac pac();

    /**
     * How long a directory answer is cached. A cached user is not looked up again, and can sign in while the
     * directory is unavailable.
     */
    @WithDefault("10m")
    Duration cache();

    /** How long to wait for an answer of the directory. */
    @WithDefault("3s")
    Duration timeout();

    /** Whether a ticket must have a PAC. */
    enum Pac {
        /** A ticket without a PAC is rejected. */
        REQUIRED,
        /** A ticket without a PAC is accepted by its client name. */
        OPTIONAL
    }

    /** The account that queries a directory. */
    interface Bind {
        /**
         * Account that queries the directory with Kerberos. A keytab of this service holds its key, under the account's
         * own name or that of a service principal. Absent: the name of a key that is not a service principal's. If
         * there is none: the service principal itself, which Windows allows if it is the account's user principal name.
         */
        Optional<String> account();

        /**
         * Name of an account that queries the directory with a password instead: a distinguished name, or
         * {@code name@domain}.
         */
        Optional<String> name();

        /**
         * Password of that account, or {@code file:<path>} of a file that holds it. If it contains {@code $}, use such a
         * file or one in {@code secrets-dir}: in a value, {@code $$} becomes {@code $}, and {@code ${...}} is
         * replaced.
         */
        Optional<String> password();
    }
}
