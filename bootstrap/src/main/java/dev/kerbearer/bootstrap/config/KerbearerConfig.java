package dev.kerbearer.bootstrap.config;

import dev.kerbearer.bootstrap.Kerbearer;

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

/** Every key of Kerbearer's own. The reference page, docs/configuration.md, is compared with this in the build. */
@ConfigMapping(prefix = "kerbearer")
public interface KerbearerConfig {

    /** Folder of the embedded database and of what Kerbearer generates; readable by its owner only. */
    @WithDefault("./data")
    Path dataDir();

    /**
     * {@code embedded} or {@code external}; absent: {@code embedded} where {@code quarkus.datasource.jdbc.url} is not
     * set. {@code external} refuses to start without that key.
     */
    Optional<Database> database();

    /**
     * Folder of secrets, one file a key, named as the key, as Kubernetes mounts them. Any key can be there. The content is
     * the value as it stands, without one end of a line after it.
     */
    Optional<Path> secretsDir();

    /** The server keys, the same on every node. */
    Keys keys();

    /**
     * The address at which clients reach this service, like {@code https://auth.example.com}: the issuer of its tokens
     * and metadata. Absent: {@code http://localhost} with the port.
     */
    Optional<URI> publicUrl();

    /** Refreshing. */
    Refresh refresh();

    /** Tokens may travel over plain HTTP off loopback. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean insecureHttp();

    /**
     * How many calls are worked on at once; the next wait for a place, and those that find none in time are answered 503
     * with {@code Retry-After}. Sign-ins by NTLM have three places of their own for four of these. Absent: 4 for each
     * processor core.
     */
    Optional<Integer> callsAtOnce();

    /** Access tokens. */
    Tokens tokens();

    /** JSON files of API integrations, applied at every start: created or brought up to date, never deleted. */
    Import integrations();

    /** JSON files of local identities, applied at every start before the integrations. */
    Import identities();

    /** JSON files of resource servers, which may ask what a token is good for; applied at every start. */
    Import resourceServers();

    /** Domains of Active Directory, by name: that of {@code CORP} has the identities {@code AD+CORP:{...}}. */
    Map<String, Directory> directories();

    /** Where the principals of a Kerberos realm are looked up, by realm. */
    Map<String, Realm> realms();

    /** Windows sign-in. */
    Negotiate negotiate();

    /** How long a grant is kept after its end, for those who ask what happened. */
    @WithDefault("30d")
    Duration retention();

    /**
     * How often a node forgets what is over (sign-ins, failed sign-ins, what reuse leeways needed, grants past their
     * retention) and looks at the signing keys. 1 second to 1 minute.
     */
    @WithDefault("30s")
    Duration upkeepInterval();

    /** Sign-in with NTLM version 2. */
    Ntlm ntlm();

    /** The system's settings. */
    Settings settings();

    /** Which PostgreSQL. */
    enum Database {
        /** One of Kerbearer's own, under the data folder. */
        EMBEDDED,
        /** One that an operator runs. */
        EXTERNAL
    }

    /** The server keys, from which every use derives a key of its own. */
    interface Keys {
        /** 256 bits in base64; absent: the key in the folder {@code keys} of the data folder, made at the first start. */
        Optional<String> current();

        /** Keys that were current before, or are to be, separated by commas. */
        Optional<List<String>> previous();
    }

    /** Refreshing. */
    interface Refresh {
        /**
         * How long after its replacement a refresh token gets the same answer again, where an integration says nothing
         * else. Up to 5 minutes; 0 turns it off.
         */
        @WithDefault("30s")
        Duration reuseLeeway();
    }

    /** Access tokens. */
    interface Tokens {
        /** {@code opaque} or {@code jwt}, where an integration says nothing else. */
        @WithDefault("opaque")
        TokenFormat format();

        /** How long a JWT is good for at most, since a resource server that checks offline hears of no revocation. */
        @WithDefault("1h")
        Duration jwtMaxValidity();

        /** The keys that sign JWTs, which Kerbearer makes itself: EC P-256, for ES256. */
        Signing signing();
    }

    /** The keys that sign JWTs. */
    interface Signing {
        /** How long a key signs; longer than {@code overlap}. */
        @WithDefault("90d")
        Duration rotation();

        /**
         * How long a key is published before it signs, and after the last token that it signed has expired. 5 minutes at
         * least.
         */
        @WithDefault("2h")
        Duration overlap();
    }

    /** Files to apply at the start. */
    interface Import {
        /**
         * JSON files, separated by commas, applied at every start: what they name is created or brought up to date,
         * nothing is deleted, and a bad file stops the start (docs/import.md).
         */
        @WithName("import")
        Optional<List<Path>> files();
    }

    /** A domain of Active Directory. */
    interface Directory {
        /**
         * Its domain controllers: {@code ldap://} or {@code ldaps://} with a host, separated by commas. Where one is
         * away, the next is asked.
         */
        List<URI> url();

        /** Where its users and groups are, as a distinguished name; absent: the whole domain. */
        Optional<String> base();

        /** Whether {@code ldap://} goes over to TLS (StartTLS) before anything else is said. */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean startTls();

        /** PEM file of those who vouch for the domain controllers' certificates; absent: those that the JDK trusts. */
        Optional<Path> certificateAuthorities();

        /** Who asks. */
        Bind bind();

        /**
         * Whether tickets of its realms must say who their client is (a PAC, as domain controllers write it):
         * {@code required}, or {@code optional}, where a ticket without one is good by its client's name
         * (docs/active-directory.md).
         */
        @WithDefault("required")
        Pac pac();

        /** How long an answer is good: who was here lately is not asked for, and signs in though the directory is away. */
        @WithDefault("10m")
        Duration cache();

        /** How long an answer is waited for. */
        @WithDefault("3s")
        Duration timeout();
    }

    /** Whether a ticket must have a PAC. */
    enum Pac {
        /** A ticket without one is refused. */
        REQUIRED,
        /** Of a ticket without one the client's name counts. */
        OPTIONAL
    }

    /** Who asks a directory. */
    interface Bind {
        /**
         * The account that asks by Kerberos, with the key that a keytab of this service holds under its own name or a
         * service principal's. Absent: the name of a key that is no service principal's, or else the service principal
         * itself, which Windows allows where it is the account's user principal name.
         */
        Optional<String> account();

        /** The name of an account that asks with a password instead: a distinguished name, or {@code name@domain}. */
        Optional<String> name();

        /** Its password, or {@code file:<path>} of a file that holds it. */
        Optional<String> password();
    }

    /** A Kerberos realm. */
    interface Realm {
        /** {@code local}, the identities that Kerbearer keeps itself, or the name of a directory. */
        @WithDefault("local")
        String provider();
    }

    /** Windows sign-in by Negotiate. */
    interface Negotiate {
        /** Further keytab files beside {@code quarkus.kerberos.keytab-path}. */
        Optional<List<Path>> keytabs();

        /**
         * Whether sign-ins, with Kerberos or NTLM, must be bound to their TLS channel: {@code off}, {@code when-present} (a
         * binding to another channel is refused) or {@code required}. Checked under TLS, or where
         * {@code channel-binding-certificate} is set (docs/channel-binding.md).
         */
        @WithDefault("when-present")
        ChannelProtection.Rule channelBinding();

        /** PEM file of the certificate that clients see at the proxy in front; read again when it changes. */
        Optional<Path> channelBindingCertificate();

        /**
         * Realms through which tickets may come though the service's KDC does not say that it has checked them, as KDCs of
         * Windows do not, separated by commas: that of the users, and each between it and the service's
         * (docs/operations.md).
         */
        Optional<Set<String>> transitedRealms();

        /**
         * Whether tickets are good that another service got in its user's name (S4U2Proxy, constrained delegation); the
         * audit line names that service.
         */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean delegatedTickets();
    }

    /** Sign-in with NTLM version 2. */
    interface Ntlm {
        /** Offer NTLM, under its own scheme and within Negotiate (docs/ntlm.md). The practice realm switches it on. */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean enabled();

        /**
         * Who checks passwords: {@code local}, the identities that Kerbearer keeps itself, or {@code winbind}, the Windows
         * domain that this machine is a member of; a directory for that domain is configured then.
         */
        @WithDefault("local")
        String authority();

        /** How Samba's winbind is asked, where it is the authority. */
        Winbind winbind();

        /**
         * Further host names or numerical addresses that clients call this service by, separated by commas: aliases, or
         * the address of a proxy. A client's answer that was made for any other name is refused (docs/ntlm.md). The host
         * of {@code public-url} and those of the keytabs' {@code HTTP/} principals count anyway.
         */
        Optional<List<String>> targetNames();

        /**
         * The declared proxy in front gives each client a connection of its own, so that NTLM can be offered behind it.
         */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean pinnedConnections();
    }

    /** How Samba's winbind is asked. */
    interface Winbind {
        /** The program that asks it. */
        @WithDefault("/usr/bin/ntlm_auth")
        Path program();

        /** How many of the program run at most; they are kept. 1 to 64. */
        @WithDefault("4")
        int processes();

        /** How long an answer is waited for. */
        @WithDefault("3s")
        Duration timeout();
    }

    /** The system's settings. */
    interface Settings {
        /** Windows integrated sign-in gives grants. */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean integrated();

        /** How long an access token is good for, where neither access rule nor integration says. 1 s to 10 years. */
        @WithDefault("90d")
        Duration accessValidity();

        /** How long a grant is good for, likewise. */
        @WithDefault("365d")
        Duration grantValidity();

        /** Whether a grant comes with a refresh token, likewise. */
        @WithDefault("true")
        @WithConverter(TrueOrFalse.class)
        boolean renewable();

        /** A grant whose access token has been expired for longer than this counts as expired, 1 s to 10 years; absent: never. */
        Optional<Duration> unusedExpiry();
    }
}
