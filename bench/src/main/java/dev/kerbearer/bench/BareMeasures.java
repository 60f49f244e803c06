package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.PrivilegedExceptionAction;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** Measures the lower bounds of a sign-in: only accepting the ticket, and only writing the rows. */
final class BareMeasures {

    private static final String INSERT = """
            with seen as (insert into sign_ins (digest, answered_at) values (?, ?)),
                 issued as (insert into grants (id, identity_provider, identity_guid, client_id, scope, renewable,
                                                issued_at, access_issued_at, access_expires_at, refresh_until,
                                                access_digest, refresh_digest)
                            values (?, 'local', ?, 'sample-client', 'certificate:discover,manage', true,
                                    ?, ?, ?, ?, ?, ?))
            insert into audit_events (at, action, actor, address, method, client_id, grant_id, outcome)
            values (?, 'GRANT_ISSUED', ?, '127.0.0.1', 'KERBEROS', 'sample-client', ?, 'ok')
            """;
    private static final UUID ALICE = UUID.fromString("de3944a8-3479-4450-b412-0dacd642017d");

    private BareMeasures() {}

    /** Measures JGSS with one manager and one credential, on one thread. */
    @SuppressWarnings("removal")
    static void accept(Section section, Lab lab, int warm, int measured) throws Exception {
        Tickets tickets = lab.tickets();
        GSSManager manager = GSSManager.getInstance();
        Oid[] mechanisms = {new Oid("1.3.6.1.5.5.2"), new Oid("1.2.840.113554.1.2.2")};
        Subject subject = new Subject(
                false,
                Set.of(),
                Set.of(),
                Set.of(KeyTab.getUnboundInstance(lab.keytab().toFile())));
        GSSCredential credential =
                Subject.doAs(subject, (PrivilegedExceptionAction<GSSCredential>) () -> manager.createCredential(
                        null, GSSCredential.INDEFINITE_LIFETIME, mechanisms, GSSCredential.ACCEPT_ONLY));
        for (byte[] token : tickets.stock(warm)) {
            accept(manager, credential, token);
        }
        byte[][] tokens = tickets.stock(measured);
        Times times = new Times();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long began = System.nanoTime();
        for (byte[] token : tokens) {
            long start = System.nanoTime();
            accept(manager, credential, token);
            times.add(System.nanoTime() - start);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6;
        section.row(
                "call",
                "bare: JGSS accept, one thread",
                "service CPU ms",
                millis / measured,
                "requests/s",
                measured / seconds,
                "p50 ms",
                times.sorted().millis(0.5),
                "p99 ms",
                times.sorted().millis(0.99),
                "requests",
                measured);
    }

    private static void accept(GSSManager manager, GSSCredential credential, byte[] token) throws Exception {
        GSSContext context = manager.createContext(credential);
        context.acceptSecContext(token, 0, token.length);
        if (!context.isEstablished() || context.getSrcName().toString().isEmpty()) {
            throw new IllegalStateException("not accepted");
        }
        context.dispose();
    }

    /** Measures one statement and one commit by plain JDBC, on as many connections as the load has. */
    static void insert(Section section, Lab lab, int warm, int measured) throws Exception {
        insert(lab, warm);
        double before = lab.databaseCpu().millis();
        long start = System.nanoTime();
        Times times = insert(lab, measured);
        double seconds = (System.nanoTime() - start) / 1e9;
        section.row(
                "call",
                "bare: one committed insert of the same rows by JDBC",
                "database CPU ms",
                (lab.databaseCpu().millis() - before) / times.sorted().count(),
                "requests/s",
                times.sorted().count() / seconds,
                "p50 ms",
                times.sorted().millis(0.5),
                "p99 ms",
                times.sorted().millis(0.99),
                "requests",
                times.sorted().count());
    }

    private static Times insert(Lab lab, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(EndToEnd.CONNECTIONS);
        try {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int i = 0; i < EndToEnd.CONNECTIONS; i++) {
                work.add(() -> inserted(lab, count / EndToEnd.CONNECTIONS));
            }
            Times times = new Times();
            for (Future<List<Long>> done : threads.invokeAll(work)) {
                done.get().forEach(times::add);
            }
            return times;
        } finally {
            threads.shutdown();
        }
    }

    private static List<Long> inserted(Lab lab, int count) throws Exception {
        SecureRandom random = new SecureRandom();
        List<Long> times = new ArrayList<>(count);
        try (Connection connection = lab.connect();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                bind(statement, random);
                statement.executeUpdate();
                times.add(System.nanoTime() - start);
            }
        }
        return times;
    }

    private static void bind(PreparedStatement statement, SecureRandom random) throws Exception {
        Instant now = Instant.now();
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        UUID id = new UUID((now.toEpochMilli() << 16) | 0x7000L, random.nextLong());
        Object[] values = {
            digest(random),
            Timestamp.from(now),
            id,
            ALICE,
            Timestamp.from(second),
            Timestamp.from(second),
            Timestamp.from(second.plus(Duration.ofDays(90))),
            Timestamp.from(second.plus(Duration.ofDays(365))),
            digest(random),
            digest(random),
            Timestamp.from(now),
            "local:{" + ALICE + "}",
            id
        };
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static byte[] digest(SecureRandom random) {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        random.nextBytes(bytes.array());
        return bytes.array();
    }
}
