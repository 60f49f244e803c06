package dev.kerbearer.windowsauth.practice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.client.KrbConfigKey;
import org.apache.kerby.kerberos.kerb.identity.backend.BackendConfig;
import org.apache.kerby.kerberos.kerb.server.KdcConfig;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/**
 * A Kerberos realm with its own KDC on loopback, for development and tests: AES-256 only, TCP only, all files in one
 * folder. Its library is not part of a packaged Kerbearer.
 */
public final class EmbeddedRealm implements AutoCloseable {

    private static final String AES_256 = "aes256-cts-hmac-sha1-96";

    private final Path folder;
    private final String realm;
    private final SimpleKdcServer kdc;

    private EmbeddedRealm(Path folder, String realm, SimpleKdcServer kdc) {
        this.folder = folder;
        this.realm = realm;
        this.kdc = kdc;
    }

    /**
     * Starts a realm and writes its {@code krb5.conf}.
     *
     * @param folder created if missing
     * @throws IOException if the KDC does not start
     */
    public static EmbeddedRealm start(Path folder, String realm) throws IOException {
        Files.createDirectories(folder);
        KdcConfig config = new KdcConfig();
        config.setString(KdcConfigKey.ENCRYPTION_TYPES, AES_256);
        try {
            int port = freePort();
            SimpleKdcServer kdc = new SimpleKdcServer(config, new BackendConfig());
            kdc.setWorkDir(Files.createDirectories(folder.resolve("kdc")).toFile());
            kdc.setKdcHost("127.0.0.1");
            kdc.setKdcRealm(realm);
            kdc.setAllowUdp(false);
            kdc.setKdcTcpPort(port);
            kdc.getKrbClient().getKrbConfig().setString(KrbConfigKey.PERMITTED_ENCTYPES, AES_256);
            initialised(kdc);
            kdc.start();
            Files.writeString(folder.resolve("krb5.conf"), krb5Conf(realm, port));
            return new EmbeddedRealm(folder, realm, kdc);
        } catch (KrbException e) {
            throw new IOException("The embedded KDC does not start", e);
        }
    }

    /** The library points the whole JVM to its krb5.conf, but only its own client may use it. */
    private static void initialised(SimpleKdcServer kdc) throws KrbException {
        String property = "java.security.krb5.conf";
        String before = System.getProperty(property);
        kdc.init();
        if (before == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, before);
        }
    }

    /** Works for MIT Kerberos and Java; uses no DNS. */
    private static String krb5Conf(String realm, int port) {
        return """
                [libdefaults]
                  default_realm = %1$s
                  dns_lookup_kdc = false
                  dns_lookup_realm = false
                  dns_canonicalize_hostname = false
                  rdns = false
                  udp_preference_limit = 1
                [realms]
                  %1$s = {
                    kdc = 127.0.0.1:%2$d
                  }
                [domain_realm]
                  localhost = %1$s
                """.formatted(realm, port);
    }

    /** Returns the path of the realm's configuration, the value of {@code KRB5_CONFIG}. */
    public Path krb5Conf() {
        return folder.resolve("krb5.conf");
    }

    /** Creates a service principal with a random key, and adds the key to a keytab. */
    public void addService(String name, Path keytab) {
        run(() -> {
            kdc.createPrincipal(name);
            kdc.exportPrincipal(name, keytab.toFile());
            closeToOthers(keytab);
        });
    }

    /** Gives a service a new key with the next version, and adds it to a keytab beside the old key. */
    public void renewKey(String name, Path keytab) {
        run(() -> {
            kdc.getKadmin().updateKeys(name + "@" + realm);
            kdc.exportPrincipal(name, keytab.toFile());
        });
    }

    /** Creates a user and signs them in: fills a credential cache, the value of {@code KRB5CCNAME}. */
    public void addSignedInUser(String name, Path credentialCache) {
        String password = UUID.randomUUID().toString();
        run(() -> {
            kdc.createPrincipal(name, password);
            kdc.getKrbClient().storeTicket(kdc.getKrbClient().requestTgt(name, password), credentialCache.toFile());
            closeToOthers(credentialCache);
        });
    }

    private static void closeToOthers(Path secret) {
        boolean done =
                secret.toFile().setReadable(false, false) && secret.toFile().setReadable(true, true);
        if (!done) {
            throw new UncheckedIOException(new IOException(secret + " cannot be kept from others"));
        }
    }

    /** Stops the KDC and keeps the files. */
    @Override
    public void close() {
        run(kdc::stop);
    }

    @FunctionalInterface
    private interface KdcAction {
        void run() throws KrbException;
    }

    private static void run(KdcAction action) {
        try {
            action.run();
        } catch (KrbException e) {
            throw new UncheckedIOException(new IOException("The embedded KDC refuses", e));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
