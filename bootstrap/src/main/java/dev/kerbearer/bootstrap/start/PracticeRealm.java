package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.SystemConfiguration;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * A realm to try the main use case, in development mode only. It has a KDC, two signed-in users, and an integration
 * that only alice may use. The application sees only configuration, import files and a keytab.
 */
final class PracticeRealm implements AutoCloseable {

    static final String REALM = "PRACTICE.EXAMPLE";

    private static final String ALICE = "alice";

    private static final String IDENTITIES = """
            [{"name": "alice", "guid": "de3944a8-3479-4450-b412-0dacd642017d", "principals": ["alice@PRACTICE.EXAMPLE"],
              "ntlm": true, "password": "file:%s"},
             {"name": "bob", "guid": "0b0b1a3c-7e58-4f0e-9a55-3f1d5f9b6c21", "principals": ["bob@PRACTICE.EXAMPLE"]}]
            """;
    private static final String INTEGRATIONS = """
            [{"id": "sample-client", "name": "Sample", "description": "Made by the practice realm",
              "scope": "certificate:discover,manage,delete;ssh:manage",
              "access": [{"trustee": "local:alice"}]}]
            """;

    private static final String KEYTABS = "kerbearer.negotiate.keytabs";
    private static final String IDENTITY_FILES = "kerbearer.identities.import";
    private static final String INTEGRATION_FILES = "kerbearer.integrations.import";
    private static final Set<String> LISTS = Set.of(KEYTABS, IDENTITY_FILES, INTEGRATION_FILES);
    private static final String NTLM = "kerbearer.ntlm.enabled";

    private final EmbeddedRealm realm;
    private final Map<String, String> settings;

    private PracticeRealm(EmbeddedRealm realm, Map<String, String> settings) {
        this.realm = realm;
        this.settings = settings;
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

    /** Starts the realm with its users, and writes the files that configure the application for it. */
    static PracticeRealm start(Path folder) throws IOException {
        Path home = Files.createDirectories(folder).toAbsolutePath().normalize();
        EmbeddedRealm realm = EmbeddedRealm.start(home, REALM);
        Path keytab = home.resolve("http.keytab");
        Files.deleteIfExists(keytab);
        realm.addService("HTTP/localhost", keytab);
        for (String user : List.of(ALICE, "bob")) {
            Files.deleteIfExists(cache(home, user));
            realm.addSignedInUser(user, cache(home, user));
        }
        return new PracticeRealm(realm, settings(home, keytab, realm));
    }

    private static Map<String, String> settings(Path home, Path keytab, EmbeddedRealm realm) throws IOException {
        Path password = password(home.resolve("alice.password"));
        Path identities = home.resolve("identities.json");
        Files.writeString(identities, IDENTITIES.formatted(password.toString().replace("\\", "\\\\")));
        Path integrations = Files.writeString(home.resolve("integrations.json"), INTEGRATIONS);
        return Map.of(
                KEYTABS,
                keytab.toString(),
                IDENTITY_FILES,
                identities.toString(),
                INTEGRATION_FILES,
                integrations.toString(),
                "kerbearer.realms.\"" + REALM + "\".provider",
                "local",
                PracticeLine.KRB5_CONF,
                realm.krb5Conf().toString(),
                PracticeLine.CREDENTIAL_CACHE,
                cache(home, ALICE).toString(),
                PracticeLine.PASSWORD,
                Files.readString(password));
    }

    private static Path cache(Path home, String user) {
        return home.resolve(user + ".ccache");
    }

    /** Returns the settings that the application needs for the realm, in addition to its own configuration. */
    Map<String, String> settings() {
        return settings;
    }

    /**
     * Passes the settings of the realm to the application. Configured entries of a list stay, and so does a configured
     * value for NTLM.
     */
    static void tell(Map<String, String> settings, Config config, SystemConfiguration told) {
        settings.forEach((key, value) -> told.tell(key, LISTS.contains(key) ? added(config, key, value) : value));
        if (config.getOptionalValue(NTLM, String.class).isEmpty()) {
            told.tell(NTLM, "true");
        }
    }

    private static String added(Config config, String key, String value) {
        return config.getOptionalValue(key, String.class)
                .map(own -> own + "," + value)
                .orElse(value);
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

    @Override
    public void close() {
        realm.close();
    }
}
