package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.http.NegotiateMechanism;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.PacSample;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets that a KDC made and that are refused: who tried that, an auditor wants to know. */
class RefusedTicketTest {

    private static final String REALM = PacSample.REALM;
    private static final String SERVICE = "HTTP/localhost@" + REALM;
    private static final EncryptionKey KEY =
            new EncryptionKey(EncryptionType.AES256_CTS_HMAC_SHA1_96, PacSample.KEY, 3);
    private static final Origin ORIGIN = new Origin("192.0.2.7", Origin.Method.KERBEROS);

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
    void itIsWrittenDownWithItsClientAndServiceAndIsUsedUp() {
        ForgedPac pac = new ForgedPac("alice", PacSample.AUTHENTICATED, PacSample.DOMAIN, 1103);
        List<ForgedTicket> refused = List.of(
                ticket(),
                ticket().pac(new byte[3]),
                ticket().pac(pac.account("mallory").signed(PacSample.KEY)),
                ticket().pac(pac.delegated("HTTP/portal").signed(PacSample.KEY)),
                ticket().client("alice", "OTHER.EXAMPLE"),
                ticket().target("cifs/localhost"));
        for (ForgedTicket ticket : refused) {
            String token = Base64.getEncoder().encodeToString(ticket.raw());
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

    /** Whoever sends it makes it up as he likes, and could fill the log. */
    @Test
    void whatNoKeyOpensIsNotWrittenDown() {
        ForgedTicket ofNobody = ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/localhost", REALM);
        assertThat(refusal(Base64.getEncoder().encodeToString(ofNobody.raw())))
                .contains("a key that this service does not hold");
        assertThat(storage.auditLines()).isEmpty();
    }

    private static ForgedTicket ticket() {
        return ForgedTicket.with(KEY)
                .client("alice", REALM)
                .service("HTTP/localhost", REALM)
                .authenticated(PacSample.AUTHENTICATED);
    }

    private String refusal(String token) {
        RefusedSignIns refusedSignIns = new RefusedSignIns(storage, InstantSource.system());
        Directories directories = new Directories(Map.of(), Map.of());
        NegotiateMechanism mechanism = new NegotiateMechanism(
                new KerberosAcceptor(
                        List.of(keytab),
                        Optional.empty(),
                        new TicketPolicy(
                                Map.of(REALM, PacUse.REQUIRED, "OTHER.EXAMPLE", PacUse.REQUIRED), Set.of(), false),
                        InstantSource.system()),
                Optional.empty(),
                new RecogniseCaller(directories, refusedSignIns),
                new RefuseTicket(refusedSignIns),
                new RecogniseAccount(directories, refusedSignIns),
                new ChannelProtection(ChannelProtection.Rule.OFF, Optional.empty(), true),
                new BlockingSecurityExecutor() {
                    @Override
                    public <T> Uni<T> executeBlocking(Supplier<? extends T> supplier) {
                        throw new AssertionError("nothing is to wait");
                    }
                },
                (context, work) -> work.get());
        try {
            throw new AssertionError(mechanism.kerberos(token, TlsChannel.UNCHECKED, ORIGIN));
        } catch (RefusedException refused) {
            return refused.refusal().description();
        }
    }
}
