package dev.kerbearer.bootstrap.config;

import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All configuration keys of Kerbearer. The build compares the reference page docs/configuration.md with this Javadoc.
 */
@ConfigMapping(prefix = "kerbearer")
public interface KerbearerConfig {

    /** Folder of the embedded database and of the files that Kerbearer generates. Only its owner can read it. */
    @WithDefault("./data")
    Path dataDir();

    /**
     * {@code embedded} or {@code external}. Absent: {@code embedded} if {@code quarkus.datasource.jdbc.url} is not set.
     * With {@code external}, the start is refused if that key is missing.
     */
    Optional<Database> database();

    /**
     * Folder of secrets, one file per key, as Kubernetes mounts them. The file name is the key, and any key is allowed.
     * The content is the value as written; one line end after it is removed.
     */
    Optional<Path> secretsDir();

    /** The server keys, which must be the same on every node. */
    Keys keys();

    /**
     * Address at which clients reach this service, like {@code https://auth.example.com}. It is the issuer of tokens
     * and metadata. Absent: {@code http://localhost} with the port.
     */
    Optional<URI> publicUrl();

    /** Refresh tokens. */
    Refresh refresh();

    /** Whether tokens may travel over plain HTTP outside loopback. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean insecureHttp();

    /**
     * Number of calls that are processed at the same time. Further calls wait in a queue; a call that times out there
     * gets 503 with {@code Retry-After}. NTLM sign-ins have their own limit of three for every four of these. Absent: 4
     * per processor core.
     */
    Optional<Integer> callsAtOnce();

    /** Access tokens. */
    Tokens tokens();

    /** JSON files of API integrations, applied at every start. Integrations are created or updated, never deleted. */
    Import integrations();

    /** JSON files of local identities, applied at every start before the integrations. */
    Import identities();

    /** JSON files of resource servers, which may ask what a token allows. Applied at every start. */
    Import resourceServers();

    /** Active Directory domains, by name. The identities of domain {@code CORP} are named {@code AD+CORP:{...}}. */
    Map<String, Directory> directories();

    /** Where the principals of each Kerberos realm are looked up, by realm. */
    Map<String, Realm> realms();

    /** Windows sign-in. */
    Negotiate negotiate();

    /** How long a grant is kept after it ends, so that its history can still be looked up. */
    @WithDefault("30d")
    Duration retention();

    /**
     * How often a node deletes expired data and checks the signing keys, 1 second to 1 minute. Expired data are
     * sign-ins, failed sign-ins, the data of reuse leeways, and grants past their retention.
     */
    @WithDefault("30s")
    Duration upkeepInterval();

    /** Sign-in with NTLM version 2. */
    Ntlm ntlm();

    /** The system's settings. */
    Settings settings();

    /** Which PostgreSQL is used. */
    enum Database {
        /** Kerbearer's own PostgreSQL, in the data folder. */
        EMBEDDED,
        /** A PostgreSQL that an operator runs. */
        EXTERNAL
    }

    /** The server keys. Every use derives its own key from them. */
    interface Keys {
        /**
         * Current server key, 256 bits in base64. Absent: the key in the folder {@code keys} of the data folder,
         * generated at the first start.
         */
        Optional<String> current();

        /** Server keys that were current before or will be current later, separated by commas. */
        Optional<List<String>> previous();
    }

    /** Refresh tokens. */
    interface Refresh {
        /**
         * How long a refresh token that was replaced still gets the same answer again, unless an integration sets its
         * own value. At most 5 minutes; 0 turns it off.
         */
        @WithDefault("30s")
        Duration reuseLeeway();
    }

    /** Access tokens. */
    interface Tokens {
        /** Format of access tokens, {@code opaque} or {@code jwt}, unless an integration sets its own. */
        @WithDefault("opaque")
        TokenFormat format();

        /**
         * Longest lifetime of a JWT. It limits how long a resource server that checks offline accepts a revoked token.
         */
        @WithDefault("1h")
        Duration jwtMaxValidity();

        /** The keys that sign JWTs. Kerbearer generates them itself: EC P-256, for ES256. */
        Signing signing();
    }

    /** The keys that sign JWTs. */
    interface Signing {
        /** How long a key signs. Must be longer than {@code overlap}. */
        @WithDefault("90d")
        Duration rotation();

        /**
         * How long a key is published before it signs, and how long it stays published after its last token has
         * expired. At least 5 minutes.
         */
        @WithDefault("2h")
        Duration overlap();
    }

    /** Files to apply at every start. */
    interface Import {
        /**
         * JSON files, separated by commas, applied at every start. What they name is created or updated, nothing is
         * deleted, and a bad file stops the start (docs/import.md).
         */
        @WithName("import")
        Optional<List<Path>> files();
    }

    /** An Active Directory domain. */
    interface Directory {
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
    }

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

        /** Password of that account, or {@code file:<path>} of a file that holds it. */
        Optional<String> password();
    }

    /** A Kerberos realm. */
    interface Realm {
        /** {@code local} for the identities that Kerbearer stores itself, or the name of a directory. */
        @WithDefault("local")
        String provider();
    }

    /** Windows sign-in by Negotiate. */
    interface Negotiate {
        /** Keytab files in addition to {@code quarkus.kerberos.keytab-path}. */
        Optional<List<Path>> keytabs();

        /**
         * Whether sign-ins with Kerberos or NTLM must be bound to their TLS channel: {@code off}, {@code when-present}
         * (a binding to another channel is rejected) or {@code required}. Checked under TLS, or if
         * {@code channel-binding-certificate} is set (docs/channel-binding.md).
         */
        @WithDefault("when-present")
        ChannelProtection.Rule channelBinding();

        /** PEM file of the certificate that the front proxy shows to clients. It is read again when it changes. */
        Optional<Path> channelBindingCertificate();

        /**
         * Realms, separated by commas, through which tickets may come even if the service's KDC does not say that it
         * has checked them, as Windows KDCs do not. List the users' realm and each realm between it and the service's
         * realm (docs/operations.md).
         */
        Optional<Set<String>> transitedRealms();

        /**
         * Whether to accept tickets that another service got in its user's name (S4U2Proxy, constrained delegation).
         * The audit line names that service.
         */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean delegatedTickets();
    }

    /** Sign-in with NTLM version 2. */
    interface Ntlm {
        /**
         * Whether to offer NTLM, under its own scheme and within Negotiate (docs/ntlm.md). The practice realm switches
         * it on.
         */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean enabled();

        /**
         * What checks passwords: {@code local} for the identities that Kerbearer stores itself, or {@code winbind} for
         * the Windows domain that this machine is a member of. With {@code winbind}, a directory for that domain must
         * be configured.
         */
        @WithDefault("local")
        String authority();

        /** How Samba's winbind is called if it is the authority. */
        Winbind winbind();

        /**
         * Further host names or IP addresses that clients use for this service, separated by commas: aliases, or the
         * address of a proxy. A client's answer that was made for any other name is rejected (docs/ntlm.md). The host
         * of {@code public-url} and the hosts of the keytabs' {@code HTTP/} principals are always accepted.
         */
        Optional<List<String>> targetNames();

        /**
         * Whether the declared proxy in front opens a separate connection for each client. NTLM is offered behind a
         * proxy only then.
         */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean pinnedConnections();
    }

    /** How Samba's winbind is called. */
    interface Winbind {
        /** Path of the program that calls winbind. */
        @WithDefault("/usr/bin/ntlm_auth")
        Path program();

        /** Largest number of processes of that program, 1 to 64. They are kept running. */
        @WithDefault("4")
        int processes();

        /** How long to wait for an answer of winbind. */
        @WithDefault("3s")
        Duration timeout();
    }

    /** The system's settings. */
    interface Settings {
        /** Whether Windows integrated sign-in issues grants. */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean integrated();

        /** Lifetime of an access token, unless an access rule or the integration sets its own. 1 second to 10 years. */
        @WithDefault("90d")
        Duration accessValidity();

        /** Lifetime of a grant, unless an access rule or the integration sets its own. 1 second to 10 years. */
        @WithDefault("365d")
        Duration grantValidity();

        /** Whether a grant comes with a refresh token, unless an access rule or the integration sets its own value. */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean renewable();

        /**
         * A grant expires when its access token has been expired for longer than this. 1 second to 10 years. Absent:
         * never.
         */
        Optional<Duration> unusedExpiry();
    }
}
