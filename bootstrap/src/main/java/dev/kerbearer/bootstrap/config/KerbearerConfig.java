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
 * All configuration keys of Kerbearer. The build compares the reference page docs/configuration.md with this Javadoc and
 * that of the groups in files of their own.
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
     * The content is the value as written, and {@code $} means nothing in it; a byte order mark before it and one line
     * end after it are removed.
     */
    Optional<Path> secretsDir();

    /** The server keys, which must be the same on every node. */
    Keys keys();

    /**
     * Address at which clients reach this service, like {@code https://auth.example.com}. It is the issuer of tokens
     * and metadata. Absent: {@code https://localhost} with the port for TLS if TLS is set up, otherwise
     * {@code http://localhost} with the port.
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
    Map<String, DirectoryConfig> directories();

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
    NtlmConfig ntlm();

    /** What is logged besides refusals and faults. */
    Log log();

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
         * generated at the first start. It can come from a file in {@code secrets-dir}.
         */
        Optional<String> current();

        /**
         * Server keys that were current before or will be current later, separated by commas. They can come from a file
         * in {@code secrets-dir}.
         */
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

    /** What is logged besides refusals and faults. */
    interface Log {
        /**
         * Whether each sign-in that gets a grant is logged, with the user, the client and the address (category
         * {@code dev.kerbearer.sign-ins}). The audit lines have the same data.
         */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean signIns();
    }

    /** The system's settings. */
    interface Settings {
        /** Whether Windows integrated sign-in issues grants. */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean integrated();

        /**
         * Lifetime of an access token, unless an access rule or the integration sets its own. 1 second to 10 years. The
         * default is the contract's, for clients that expect it; most security reviews refuse it. Set an hour to a day
         * if clients use refresh tokens (docs/token-life.md).
         */
        @WithDefault("90d")
        Duration accessValidity();

        /**
         * Lifetime of a grant, unless an access rule or the integration sets its own. 1 second to 10 years. Without a
         * refresh token, the access token lives as long.
         */
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
