package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.PacSample;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets of MIT's KDC since version 1.20. They have a PAC without logon information. */
class MitTicketTest {

    private static final String REALM = PacSample.REALM;

    @TempDir
    Path folder;

    /** With a real KDC of MIT, {@code MitRealmHeavyIT} shows the same for the keys of RFC 8009. */
    @ParameterizedTest
    @CsvSource({"AES128_CTS_HMAC_SHA1_96, HMAC_SHA1_96_AES128", "AES256_CTS_HMAC_SHA1_96, HMAC_SHA1_96_AES256"})
    void aGoodTicketIsAcceptedAndLogsNothing(EncryptionType type, CheckSumType signature) throws Exception {
        EncryptionKey key = ForgedTicket.key(3, type);
        Path keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@" + REALM, key);
        KerberosAcceptor acceptor = new KerberosAcceptor(
                List.of(keytab),
                Optional.empty(),
                new TicketPolicy(Map.of(REALM, PacUse.WITHOUT_MEANING), Set.of(), true),
                InstantSource.system());
        byte[] pac = new ForgedPac("alice", PacSample.AUTHENTICATED, PacSample.DOMAIN, 1103)
                .signedWith(signature)
                .ofMit(key.getKeyData());
        byte[] ticket = ForgedTicket.with(key)
                .client("alice", REALM)
                .service("HTTP/localhost", REALM)
                .authenticated(PacSample.AUTHENTICATED)
                .pac(pac)
                .raw();
        try (Lines lines = new Lines()) {
            assertThat(acceptor.accept(NegotiateToken.read(ticket)))
                    .isInstanceOfSatisfying(
                            Accepted.class,
                            accepted -> assertThat(accepted.client()).isEqualTo(Principal.parse("alice@" + REALM)));
            assertThat(lines.seen).isEmpty();
        }
    }

    /** Without this, the test above could never fail. */
    @Test
    void theTestSeesWhatIsLogged() {
        try (Lines lines = new Lines()) {
            org.jboss.logging.Logger.getLogger(KerberosAcceptor.class).warn("seen");
            Logger.getLogger("sun.security").warning("seen too");
            assertThat(lines.seen).containsExactly("seen", "seen too");
        }
    }

    /** Collects everything that is logged while this is open, from INFO on. */
    private static final class Lines extends Handler implements AutoCloseable {

        private final Logger root = Logger.getLogger("");
        private final List<String> seen = new ArrayList<>();

        Lines() {
            setLevel(Level.INFO);
            root.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            seen.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
        }
    }
}
