package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.SystemConfiguration;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * A realm to try the main use case, in development mode only. It has a KDC, a signed-in user, and an integration that
 * the user may use. The application sees only configuration, import files and a keytab.
 */
final class PracticeRealm implements AutoCloseable {

    static final String REALM = "PRACTICE.EXAMPLE";

    private static final String IDENTITIES = """
            [{"name": "alice", "guid": "de3944a8-3479-4450-b412-0dacd642017d", "principals": ["alice@PRACTICE.EXAMPLE"],
              "ntlm": true, "password": "file:%s"}]
            """;
    private static final String INTEGRATIONS = """
            [{"id": "sample-client", "name": "Sample", "description": "Made by the practice realm",
              "scope": "certificate:discover,manage,delete;ssh:manage",
              "access": [{"trustee": "local:alice"}]}]
            """;

    private final EmbeddedRealm realm;

    private PracticeRealm(EmbeddedRealm realm) {
        this.realm = realm;
    }

    /**
     * Returns whether this is development mode. A packaged application never contains the KDC's library, whatever its
     * profile.
     */
    static boolean isPossible() {
        try {
            Class.forName(
                    "org.apache.kerby.kerberos.kerb.server.SimpleKdcServer",
                    false,
                    PracticeRealm.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException packaged) {
            return false;
        }
    }

    /** Starts the realm and sets the application's configuration for it. */
    static PracticeRealm start(Path folder, Config config, SystemConfiguration told) throws IOException {
        Path home = Files.createDirectories(folder).toAbsolutePath().normalize();
        EmbeddedRealm realm = EmbeddedRealm.start(home, REALM);
        Path keytab = home.resolve("http.keytab");
        Path cache = home.resolve("alice.ccache");
        Files.deleteIfExists(keytab);
        Files.deleteIfExists(cache);
        realm.addService("HTTP/localhost", keytab);
        realm.addSignedInUser("alice", cache);
        Path passwordFile = password(home.resolve("alice.password"));
        add(config, told, "kerbearer.negotiate.keytabs", keytab);
        add(
                config,
                told,
                "kerbearer.identities.import",
                Files.writeString(
                        home.resolve("identities.json"),
                        IDENTITIES.formatted(passwordFile.toString().replace("\\", "\\\\"))));
        add(
                config,
                told,
                "kerbearer.integrations.import",
                Files.writeString(home.resolve("integrations.json"), INTEGRATIONS));
        if (config.getOptionalValue("kerbearer.ntlm.enabled", String.class).isEmpty()) {
            told.tell("kerbearer.ntlm.enabled", "true");
        }
        told.tell(PracticeLine.PASSWORD, Files.readString(passwordFile));
        told.tell("kerbearer.realms.\"" + REALM + "\".provider", "local");
        told.tell(PracticeLine.ENVIRONMENT, "KRB5_CONFIG=" + realm.krb5Conf() + " KRB5CCNAME=" + cache);
        return new PracticeRealm(realm);
    }

    /** Creates the password only once, because an import sets a password only when it creates the identity. */
    private static Path password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[12];
            new SecureRandom().nextBytes(random);
            Files.createFile(file);
            boolean closed =
                    file.toFile().setReadable(false, false) && file.toFile().setReadable(true, true);
            if (!closed) {
                throw new IOException(file + " cannot be kept from others");
            }
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return file;
    }

    /** Adds a file to what is already configured, without replacing it. */
    private static void add(Config config, SystemConfiguration told, String key, Path file) {
        Optional<String> configured = config.getOptionalValue(key, String.class);
        told.tell(key, configured.map(value -> value + "," + file).orElse(file.toString()));
    }

    @Override
    public void close() {
        realm.close();
    }
}
