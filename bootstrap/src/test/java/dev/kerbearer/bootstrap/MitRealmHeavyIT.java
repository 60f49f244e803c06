package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Local identities with tickets of MIT's KDC. */
class MitRealmHeavyIT {

    private static final String REALM = "MIT.EXAMPLE";
    private static final String OTHER = "OTHER.EXAMPLE";
    private static final String REQUEST = "{\"client_id\":\"all\",\"scope\":\"certificate\"}";

    /**
     * Principals in a file are written as klist shows them: one name has two components, one has one component with a
     * slash.
     */
    private static final String IDENTITIES = """
            [{"name": "alice", "groups": ["all"], "principals": ["alice@MIT.EXAMPLE", "ann@OTHER.EXAMPLE"]},
             {"name": "box", "groups": ["all"], "principals": ["host/box@OTHER.EXAMPLE"]},
             {"name": "odd", "groups": ["all"], "principals": ["host\\\\/odd@OTHER.EXAMPLE"]}]
            """;

    private static final String INTEGRATIONS =
            "{\"id\": \"all\", \"scope\": \"certificate\", \"access\": [{\"trustee\": \"local:all\"}]}";

    private static MitRealms realms;
    private static RunningKerbearer node;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "mit")
                .toAbsolutePath();
        realms = MitRealms.start(folder, REALM, OTHER);
        Path keytab = realms.addService("HTTP/localhost", folder.resolve("http.keytab"));
        realms.addUser("alice", REALM);
        for (String name : new String[] {"ann", "host/box", "host\\/box", "host\\/odd", "host/odd"}) {
            realms.addUser(name, OTHER);
        }
        node = RunningKerbearer.start(
                folder.resolve("node"),
                Map.of(
                        "quarkus.kerberos.keytab-path",
                        keytab.toString(),
                        "kerbearer.realms.\"" + REALM + "\".provider",
                        "local",
                        "kerbearer.realms.\"" + OTHER + "\".provider",
                        "local",
                        "kerbearer.identities.import",
                        Files.writeString(folder.resolve("identities.json"), IDENTITIES)
                                .toString(),
                        "kerbearer.integrations.import",
                        Files.writeString(folder.resolve("integrations.json"), INTEGRATIONS)
                                .toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {node, realms}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void aNameWithOneComponentDiffersFromANameWithTwo() throws Exception {
        assertThat(authorize("host/box", OTHER).status()).isEqualTo(200);
        assertUnknown(authorize("host\\/box", OTHER));
        assertThat(authorize("host\\/odd", OTHER).status()).isEqualTo(200);
        assertUnknown(authorize("host/odd", OTHER));
        assertThat(node.output()).contains("no identity has the principal host\\/box@OTHER.EXAMPLE");
    }

    /** These PACs name the ticket's client and no users or groups. Their signatures use the newest key type. */
    @Test
    void thePacsOfItsTicketsAreAcceptedWithoutAWarning() throws Exception {
        long before = warnings();
        Answer answer = authorize("alice", REALM);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(warnings()).as(node.output()).isEqualTo(before);
    }

    @Test
    void aTicketOfATrustedRealmIsAcceptedBecauseTheKdcHasCheckedTheTransitedRealms() throws Exception {
        Answer answer = authorize("ann", OTHER);
        assertThat(answer.status()).as(answer.body() + node.output()).isEqualTo(200);
    }

    private static long warnings() {
        return node.output().lines().filter(line -> line.contains(" WARN ")).count();
    }

    private static Answer authorize(String name, String realm) throws Exception {
        return realms.authorize(name, realm, node.port(), REQUEST);
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.description()).isEqualTo("Unhandled identity claim type");
    }
}
