package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.PacSample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused tickets that a KDC made. The audit log names the client of each. */
class RefusedTicketTest {

    private static final String REALM = PacSample.REALM;
    private static final String SERVICE = "HTTP/localhost@" + REALM;
    private static final EncryptionKey KEY =
            new EncryptionKey(EncryptionType.AES256_CTS_HMAC_SHA1_96, PacSample.KEY, 3);
    private static final Origin ORIGIN = new Origin("10.0.0.1", Origin.Method.KERBEROS);

    @TempDir
    Path folder;

    private final InMemoryStorage storage = new InMemoryStorage();
    private Path keytab;

    @BeforeEach
    void aKeytab() {
        keytab = ForgedTicket.keytab(
                folder.resolve("http.keytab"), Map.of(SERVICE, KEY, "cifs/localhost@" + REALM, ForgedTicket.key(3)));
    }

    @Test
    void aRefusedTicketIsAuditedWithClientAndServiceAndUsedUp() {
        ForgedPac pac = new ForgedPac("alice", PacSample.AUTHENTICATED, PacSample.DOMAIN, 1103);
        List<ForgedTicket> refused = List.of(
                ticket(),
                ticket().pac(new byte[3]),
                ticket().pac(pac.account("mallory").signed(PacSample.KEY)),
                ticket().pac(pac.delegated("HTTP/portal").signed(PacSample.KEY)),
                ticket().client("alice", "OTHER.EXAMPLE"),
                ticket().target("cifs/localhost"));
        for (ForgedTicket ticket : refused) {
            byte[] token = ticket.raw();
            int before = storage.auditLines().size();
            String why = refusal(token);
            assertThat(storage.auditLines()).hasSize(before + 1).last().satisfies(line -> {
                assertThat(line.action()).isEqualTo(AuditEvent.Action.SIGN_IN_REFUSED);
                assertThat(line.actor()).startsWith("alice@");
                assertThat(line.origin()).isEqualTo(ORIGIN);
                assertThat(line.outcome()).contains(why, SERVICE);
            });
            assertThat(refusal(token)).isEqualTo("Authentication failed: the ticket was replayed");
            assertThat(storage.auditLines()).hasSize(before + 1);
        }
    }

    /** A sender can make up any number of such tickets and could fill the log. */
    @Test
    void aTicketThatNoKeyDecryptsIsNotAudited() {
        ForgedTicket underUnknownKey = ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/localhost", REALM);
        assertThat(refusal(underUnknownKey.raw())).contains("a key that this service does not hold");
        assertThat(storage.auditLines()).isEmpty();
    }

    /** Anybody with an old ticket can cause these refusals, so they are not in the audit log. */
    @Test
    void theLogNamesTheClientOfATicketThatIsNotValidNow() {
        for (ForgedTicket ticket : List.of(
                ticket().valid(Duration.ofHours(-2), Duration.ofHours(-1)),
                ticket().valid(Duration.ofHours(1), Duration.ofHours(2)),
                ticket().clientClock(Duration.ofSeconds(310)))) {
            assertThat(failed(ticket.raw()).refused().parties()).isEqualTo(Parties.user("alice@" + REALM));
        }
        ForgedTicket underUnknownKey = ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/localhost", REALM);
        assertThat(failed(underUnknownKey.raw()).refused().parties()).isEqualTo(Parties.UNKNOWN);
        assertThat(storage.auditLines()).isEmpty();
    }

    @Test
    void theLogNamesTheClientOfARefusedTicket() {
        assertThat(failed(ticket().raw()).refused().parties()).isEqualTo(Parties.user("alice@" + REALM));
    }

    private static ForgedTicket ticket() {
        return ForgedTicket.with(KEY)
                .client("alice", REALM)
                .service("HTTP/localhost", REALM)
                .authenticated(PacSample.AUTHENTICATED);
    }

    private String refusal(byte[] token) {
        return failed(token).refusal().description();
    }

    private SignInStep.Failed failed(byte[] token) {
        RefusedSignIns refusedSignIns = new RefusedSignIns(storage, InstantSource.system());
        Directories directories = new Directories(Map.of(), Map.of());
        KerberosSignIn signIn = new KerberosSignIn(
                new KerberosAcceptor(
                        List.of(keytab),
                        Optional.empty(),
                        new TicketPolicy(
                                Map.of(REALM, PacUse.REQUIRED, "OTHER.EXAMPLE", PacUse.REQUIRED), Set.of(), false),
                        InstantSource.system()),
                new RecogniseCaller(directories, refusedSignIns),
                new RefuseTicket(refusedSignIns));
        SignInStep step = signIn.take(SomePeer.on("a connection", Optional.empty()), Offer.of(Scheme.NEGOTIATE, token));
        assertThat(step).isInstanceOf(SignInStep.Failed.class);
        return (SignInStep.Failed) step;
    }
}
