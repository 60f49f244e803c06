package dev.kerbearer.bench;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The environment of the measured service: a realm with a signed-in user, and its own PostgreSQL. */
final class Lab implements AutoCloseable {

    static final String SERVICE = "HTTP/localhost";
    static final String RESOURCE_SERVER = "bench";
    static final String SECRET = "a secret of the bench, of no worth".replace(' ', '-');

    /** The settings that the database reports, once one has been started. */
    static String POSTGRESQL = "not used";

    private static final String REALM = "BENCH.EXAMPLE";
    private static final String IDENTITIES = """
            [{"name": "alice", "guid": "de3944a8-3479-4450-b412-0dacd642017d", "principals": ["alice@BENCH.EXAMPLE"],
              "groups": ["operators", "developers"]},
             {"name": "bob", "principals": ["bob@BENCH.EXAMPLE"]}]
            """;
    private static final String INTEGRATIONS = """
            [{"id": "sample-client", "scope": "certificate:discover,manage,delete;ssh:manage",
              "access": [{"trustee": "local:alice"}, {"trustee": "local:operators", "scope": "certificate:discover"}]}]
            """;

    private static final String RESOURCE_SERVERS = """
            [{"id": "%s", "secret": "sha256:%s"}]
            """;

    private final Path folder;
    private final boolean kept;
    private final EmbeddedRealm realm;
    private final EmbeddedDatabase database;

    private Lab(Path folder, boolean kept, EmbeddedRealm realm, EmbeddedDatabase database) {
        this.folder = folder;
        this.kept = kept;
        this.realm = realm;
        this.database = database;
    }

    /** Starts the lab in a fresh folder of that name, which is deleted at the end. */
    static Lab start(String name) {
        return start(name, false);
    }

    /** Starts the lab in the folder of that name with its existing database, and keeps it at the end. */
    static Lab kept(String name) {
        return start(name, true);
    }

    private static Lab start(String name, boolean kept) {
        Path folder = Path.of("bench/work", name).toAbsolutePath();
        try {
            delete(kept ? folder.resolve("realm") : folder);
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("http.keytab"));
            Files.deleteIfExists(folder.resolve("alice.ccache"));
            EmbeddedRealm realm = EmbeddedRealm.start(folder.resolve("realm"), REALM);
            realm.addService(SERVICE, folder.resolve("http.keytab"));
            realm.addSignedInUser("alice", folder.resolve("alice.ccache"));
            Files.writeString(folder.resolve("identities.json"), IDENTITIES);
            Files.writeString(folder.resolve("integrations.json"), INTEGRATIONS);
            Files.writeString(
                    folder.resolve("resource-servers.json"),
                    RESOURCE_SERVERS.formatted(RESOURCE_SERVER, HexFormat.of().formatHex(sha256(SECRET))));
            Lab lab = new Lab(folder, kept, realm, EmbeddedDatabase.start(folder.resolve("database")));
            POSTGRESQL = lab.durability();
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> innermostFirst = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(innermostFirst::add);
            }
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        }
    }

    private String durability() {
        List<String> facts = new ArrayList<>();
        for (String name : List.of(
                "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "wal_level")) {
            facts.add(name + " " + one("show " + name));
        }
        return String.join(", ", facts);
    }

    /** Returns the configuration of a node. */
    Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("quarkus.kerberos.keytab-path", keytab().toString());
        configuration.put("kerbearer.realms.\"" + REALM + "\".provider", "local");
        configuration.put("kerbearer.data-dir", folder.resolve("data").toString());
        configuration.put(
                "kerbearer.identities.import", folder.resolve("identities.json").toString());
        configuration.put(
                "kerbearer.integrations.import",
                folder.resolve("integrations.json").toString());
        configuration.put(
                "kerbearer.resource-servers.import",
                folder.resolve("resource-servers.json").toString());
        configuration.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        configuration.put("quarkus.datasource.username", database.username());
        configuration.put("quarkus.datasource.password", database.password());
        return configuration;
    }

    Path folder() {
        return folder;
    }

    Path keytab() {
        return folder.resolve("http.keytab");
    }

    /** Returns tickets of the signed-in user alice. */
    Tickets tickets() {
        return new Tickets(realm.krb5Conf(), folder.resolve("alice.ccache"));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    /** Runs statements, each in its own transaction. */
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Brings PostgreSQL into the state of a long-running server. After its first checkpoints it reuses log files that
     * it no longer needs. Before, it first fills each new file with 16 MB of zeros, and all commits wait for that.
     */
    void likeOneThatHasRunForLong() {
        run("checkpoint", "checkpoint");
    }

    /** Returns the single value of a query's result. */
    String one(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the processor time of PostgreSQL and its backends. */
    ProcessCpu databaseCpu() {
        try {
            Path pidFile = folder.resolve("database/postgresql/postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            return new ProcessCpu(ProcessHandle.of(pid).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        realm.close();
        try {
            if (!kept) {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
