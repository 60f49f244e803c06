package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.kerberos.KerberosClient;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;

/**
 * The environment of the end-to-end tests: a realm with a real KDC, signed-in users, a second keytab with a known key
 * (for forged tickets), and the files that configure Kerbearer for them.
 */
final class Practice implements AutoCloseable {

    static final String REALM = "PRACTICE.EXAMPLE";
    static final String AUTHORIZE = "/vedauth/authorize/integrated";
    static final String TOKEN = "/vedauth/authorize/token";
    static final String VERIFY = "/vedauth/authorize/verify";
    static final String REVOKE = "/vedauth/revoke/token";
    static final String ALICE = "local:{de3944a8-3479-4450-b412-0dacd642017d}";
    static final String REQUEST = "{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\"}";

    /** The password of alice and dora, for NTLM. */
    static final String PASSWORD = "Practice makes 2 perfect";

    private static final String IDENTITIES = """
            [{"name": "alice", "guid": "de3944a8-3479-4450-b412-0dacd642017d",
              "principals": ["alice@PRACTICE.EXAMPLE"], "groups": ["operators"],
              "ntlm": true, "password": "file:%1$s"},
             {"name": "bob", "principals": ["bob@PRACTICE.EXAMPLE"]},
             {"name": "dora", "principals": ["dora@PRACTICE.EXAMPLE"], "enabled": false,
              "ntlm": true, "password": "file:%1$s"}]
            """;
    private static final String INTEGRATIONS = """
            [{"id": "sample-client", "scope": "certificate:discover,manage,delete;ssh:manage",
              "access": [{"trustee": "local:alice"}]},
             {"id": "group-client", "scope": "certificate:discover,manage",
              "access": [{"trustee": "local:operators", "scope": "certificate:discover", "accessValidity": 60,
                          "grantValidity": 600, "renewable": false}]},
             {"id": "brief-client", "scope": "certificate", "accessValidity": 5, "grantValidity": 10,
              "access": [{"trustee": "local:alice"}]},
             {"id": "hasty-client", "scope": "certificate", "reuseLeeway": 1, "access": [{"trustee": "local:alice"}]},
             {"id": "jwt-client", "scope": "certificate:discover;ssh:manage", "tokenFormat": "jwt",
              "audience": "https://api.example", "access": [{"trustee": "local:alice"}]},
             {"id": "wide-jwt-client", "scope": "certificate:discover,manage,delete;ssh:discover,manage",
              "tokenFormat": "jwt", "audience": "https://api.example", "access": [{"trustee": "local:alice"}]},
             {"id": "plain-jwt-client", "scope": "certificate", "tokenFormat": "jwt",
              "access": [{"trustee": "local:alice"}]},
             {"id": "disabled-client", "scope": "certificate", "enabled": false, "access": [{"trustee": "local:alice"}]}]
            """;

    private final Path folder;
    private final EmbeddedRealm realm;
    private final EncryptionKey forgersKey = ForgedTicket.key(7);

    private Practice(Path folder, EmbeddedRealm realm) {
        this.folder = folder;
        this.realm = realm;
    }

    static Practice start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "practice")
                    .toAbsolutePath();
            Practice practice = new Practice(folder, EmbeddedRealm.start(folder.resolve("realm"), REALM));
            practice.realm.addService("HTTP/localhost", practice.keytab());
            practice.realm.addService("host/localhost", practice.keytab());
            for (String user : new String[] {"alice", "bob", "carol", "dora"}) {
                practice.realm.addSignedInUser(user, practice.cacheOf(user));
            }
            ForgedTicket.keytab(folder.resolve("second.keytab"), "HTTP/localhost@" + REALM, practice.forgersKey);
            for (Path keytab : new Path[] {practice.keytab(), folder.resolve("second.keytab")}) {
                ForgedTicket.keysIn(keytab).forEach(key -> SeenSecrets.bytes(key.getKeyData()));
            }
            Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            SeenSecrets.text(PASSWORD);
            SeenSecrets.bytes(NtHash.of(Password.of(PASSWORD)).reveal());
            Files.writeString(folder.resolve("identities.json"), IDENTITIES.formatted(password));
            Files.writeString(folder.resolve("integrations.json"), INTEGRATIONS);
            return practice;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a folder of that name, for a node or a database. */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path keytab() {
        return folder.resolve("http.keytab");
    }

    Path cacheOf(String user) {
        return folder.resolve(user + ".ccache");
    }

    Path krb5Conf() {
        return realm.krb5Conf();
    }

    /** Returns the configuration of a node: both keytabs by their two keys, the realm, and the import files. */
    Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("quarkus.kerberos.keytab-path", keytab().toString());
        configuration.put(
                "kerbearer.negotiate.keytabs", folder.resolve("second.keytab").toString());
        configuration.put("kerbearer.realms.\"" + REALM + "\".provider", "local");
        configuration.put(
                "kerbearer.identities.import", folder.resolve("identities.json").toString());
        configuration.put(
                "kerbearer.integrations.import",
                folder.resolve("integrations.json").toString());
        // All nodes have the same key, as operators of several nodes must set it.
        configuration.put("kerbearer.keys.current", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        return configuration;
    }

    /** Returns the same configuration, with a database that the node does not start itself. */
    Map<String, String> configuration(EmbeddedDatabase database) {
        Map<String, String> configuration = configuration();
        configuration.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        configuration.put("quarkus.datasource.username", database.username());
        configuration.put("quarkus.datasource.password", database.password());
        return configuration;
    }

    /** Returns a user who is signed in at the real KDC. */
    KerberosClient user(String name) {
        return new KerberosClient(krb5Conf(), cacheOf(name));
    }

    /** Returns a ticket that the service accepts, for tests to change. */
    ForgedTicket forged() {
        return ForgedTicket.with(forgersKey);
    }

    /** Returns the value of an Authorization header, and records its ticket as a secret. */
    static String negotiate(byte[] token) {
        SeenSecrets.bytes(token);
        return "Negotiate " + Base64.getEncoder().encodeToString(token);
    }

    /** Asks for the usual grant as alice, with a fresh ticket of the real KDC. */
    Answer aliceAuthorizes(int port) {
        return authorize(port, user("alice").token("HTTP/localhost"), REQUEST);
    }

    /** Asks for a grant as alice, through another client and with another scope. */
    Answer aliceAuthorizesAs(int port, String client, String scope) {
        return authorize(
                port,
                user("alice").token("HTTP/localhost"),
                "{\"client_id\":\"" + client + "\",\"scope\":\"" + scope + "\"}");
    }

    static Answer authorize(int port, byte[] token, String json) {
        return RawHttp.post(port, AUTHORIZE)
                .header("Authorization", negotiate(token))
                .json(json)
                .send();
    }

    static Answer verify(int port, String accessToken) {
        return RawHttp.get(port, VERIFY)
                .header("Authorization", "Bearer " + accessToken)
                .send();
    }

    static Answer revoke(int port, String accessToken) {
        return RawHttp.get(port, REVOKE)
                .header("Authorization", "Bearer " + accessToken)
                .send();
    }

    @Override
    public void close() {
        realm.close();
    }
}
