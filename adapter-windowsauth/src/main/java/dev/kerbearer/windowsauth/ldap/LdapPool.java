package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PasswordProvider;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.kerbearer.domain.network.HostAndPort;
import dev.kerbearer.windowsauth.ldap.DirectorySettings.Bind;
import java.io.File;
import java.io.Serial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Creates a connection pool that fails over to the next domain controller. */
final class LdapPool {

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);

    private final DirectorySettings settings;
    private final BindRequest bind;
    private final SSLSocketFactory tls;

    private LdapPool(DirectorySettings settings, BindRequest bind, SSLSocketFactory tls) {
        this.settings = settings;
        this.bind = bind;
        this.tls = tls;
    }

    /**
     * Returns an empty pool, which has not connected yet.
     *
     * @param most the maximum number of connections
     * @throws IllegalArgumentException if the certificate authorities cannot be read
     */
    static LDAPConnectionPool of(DirectorySettings settings, InstantSource clock, int most) {
        LdapPool making = new LdapPool(
                settings,
                bindRequest(settings.bind(), clock),
                new TimedSocketFactory(tlsContext(settings).getSocketFactory(), part(settings)));
        FailoverServerSet servers = new FailoverServerSet(
                settings.urls().stream().map(making::server).toList());
        // A server that does not answer is not tried first every time.
        servers.setReOrderOnFailover(true);
        try {
            LDAPConnectionPool pool = new LDAPConnectionPool(servers, making.bind, 0, most);
            pool.setConnectionPoolName(settings.provider().name());
            pool.setMaxConnectionAgeMillis(LONGEST_LIFE.toMillis());
            pool.setRetryFailedOperationsDueToInvalidConnections(true);
            return pool;
        } catch (LDAPException impossible) {
            throw new IllegalStateException("a new pool opens no connection, so it cannot fail", impossible);
        }
    }

    private ServerSet server(URI url) {
        boolean ldaps = "ldaps".equals(url.getScheme());
        HostAndPort address = HostAndPort.of(url).orElseThrow();
        return new SingleServerSet(
                address.host(),
                address.port().orElse(ldaps ? 636 : 389),
                ldaps ? tls : SocketFactory.getDefault(),
                options(),
                bind,
                settings.startTls() && !ldaps ? new StartTLSPostConnectProcessor(tls) : null);
    }

    /** Returns the time for each step, so that some is left for the next server. */
    private static Duration part(DirectorySettings settings) {
        return Duration.ofMillis(
                Math.max(1, settings.timeout().toMillis() / (settings.urls().size() + 1)));
    }

    private LDAPConnectionOptions options() {
        long part = part(settings).toMillis();
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(part));
        options.setResponseTimeoutMillis(part);
        options.setUseSynchronousMode(true);
        options.setUseKeepAlive(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        return options;
    }

    private static BindRequest bindRequest(Bind bind, InstantSource clock) {
        if (bind instanceof Bind.Simple simple) {
            return new SimpleBindRequest(simple.name(), new Revealed(simple.password()));
        }
        return new GssapiBindRequest(new KeytabLogin((Bind.Keytab) bind, clock));
    }

    /** Reads the password for each connection, so that a changed password takes effect. */
    private static final class Revealed extends PasswordProvider {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient DirectorySettings.Password password;

        Revealed(DirectorySettings.Password password) {
            this.password = password;
        }

        @Override
        public byte[] getPasswordBytes() {
            return password.reveal().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static SSLContext tlsContext(DirectorySettings settings) {
        try {
            Optional<File> authorities = settings.certificateAuthorities().map(path -> path.toFile());
            return authorities.isPresent()
                    ? new SSLUtil(new PEMFileTrustManager(authorities.get())).createSSLContext("TLS")
                    : SSLContext.getDefault();
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("certificate-authorities: " + unreadable.getMessage(), unreadable);
        }
    }
}
