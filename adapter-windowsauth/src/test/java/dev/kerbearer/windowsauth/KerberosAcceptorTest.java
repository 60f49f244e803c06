package dev.kerbearer.windowsauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome.Rejected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerberosAcceptorTest {

    private static final String SERVICE = "HTTP/localhost@PRACTICE.EXAMPLE";

    @TempDir
    Path folder;

    private final EncryptionKey key = ForgedTicket.key(3);
    private Path keytab = Path.of("");
    private KerberosAcceptor acceptor = new KerberosAcceptor(List.of(), Optional.empty());

    @BeforeEach
    void anAcceptorWithOneKeytab() {
        keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), SERVICE, key);
        acceptor = new KerberosAcceptor(List.of(keytab), Optional.empty());
    }

    @Test
    void aGoodTicketTellsWhoseItIs() {
        assertThat(accepted(ForgedTicket.with(key).raw()).client())
                .isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
        assertThat(accepted(ForgedTicket.with(key).inSpnego()).client())
                .isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
    }

    @Test
    void theRealmAndEveryPartOfANameAreKept() {
        assertThat(accepted(ForgedTicket.with(key)
                                .client("alice", "OTHER.EXAMPLE")
                                .raw())
                        .client())
                .isEqualTo(new Principal("alice", "OTHER.EXAMPLE"));
        assertThat(accepted(ForgedTicket.with(key)
                                .client("host/box.example", "PRACTICE.EXAMPLE")
                                .raw())
                        .client())
                .isEqualTo(new Principal("host/box.example", "PRACTICE.EXAMPLE"));
    }

    @Test
    void aClientThatWantsToKnowTheServiceGetsAReply() {
        assertThat(accepted(ForgedTicket.with(key).mutual().raw()).reply()).isPresent();
        assertThat(accepted(ForgedTicket.with(key).mutual().inSpnego()).reply()).isPresent();
        assertThat(accepted(ForgedTicket.with(key).raw()).reply()).isEmpty();
    }

    @Test
    void whatIsWrongWithATicketIsSaid() {
        assertRejected(
                ForgedTicket.with(ForgedTicket.key(3)),
                "the ticket was made with a key that this service does not hold");
        assertRejected(
                ForgedTicket.with(key).valid(Duration.ofHours(-2), Duration.ofHours(-1)), "the ticket has expired");
        assertRejected(
                ForgedTicket.with(key).valid(Duration.ofHours(1), Duration.ofHours(2)), "the ticket is not valid yet");
        assertRejected(ForgedTicket.with(key).clientClock(Duration.ofSeconds(310)), "clock skew");
        assertRejected(ForgedTicket.with(key).clientClock(Duration.ofSeconds(-310)), "clock skew");
    }

    @Test
    void theLogIsToldWhichKeyWasWantedAndWhichAreHeld() {
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(4))))
                .isEqualTo("the ticket is for " + SERVICE + " version 4 aes256-cts-hmac-sha1-96; the keytabs hold "
                        + SERVICE
                        + " version 3 aes256-cts-hmac-sha1-96; the account's password was changed after the keytab was made:"
                        + " make it anew");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3)))).contains("the key of that version is another");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/other")))
                .startsWith("the ticket is for HTTP/other@PRACTICE.EXAMPLE version 3")
                .contains("no keytab has a key of that principal");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/o\nther")))
                .as("one line an event")
                .startsWith("the ticket is for HTTP/o?ther@");
        acceptor = new KerberosAcceptor(List.of(folder.resolve("missing.keytab")), Optional.empty());
        assertThat(detailOf(ForgedTicket.with(key))).contains("hold no key", "missing.keytab cannot be read");
    }

    private String detailOf(ForgedTicket ticket) {
        return ((Rejected) accept(ticket.raw())).detail().text();
    }

    @Test
    void aClockThatIsOffByLessThanFiveMinutesDoesNotMatter() {
        accepted(ForgedTicket.with(key).clientClock(Duration.ofSeconds(280)).raw());
        accepted(ForgedTicket.with(key).clientClock(Duration.ofSeconds(-280)).raw());
    }

    @Test
    void aTicketForAnotherServiceIsRefusedThoughItsKeyIsHere() {
        EncryptionKey hostKey = ForgedTicket.key(1);
        Path both = ForgedTicket.keytab(folder.resolve("host.keytab"), "host/box@PRACTICE.EXAMPLE", hostKey);
        acceptor = new KerberosAcceptor(List.of(keytab, both), Optional.empty());
        assertRejected(ForgedTicket.with(hostKey).service("host/box"), "the ticket is for another service");
        assertRejected(ForgedTicket.with(key).service("HTTP/elsewhere"), "the ticket is for another service");
    }

    @Test
    void severalPrincipalsAndKeytabsAreGoodTogether() {
        EncryptionKey other = ForgedTicket.key(3);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), "HTTP/app.example@PRACTICE.EXAMPLE", other);
        acceptor = new KerberosAcceptor(List.of(keytab, second), Optional.empty());
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(other).service("HTTP/app.example").raw());
    }

    @Test
    void keysOfTheSameNameAndVersionInTwoKeytabsAreBothGood() {
        EncryptionKey other = ForgedTicket.key(3);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), SERVICE, other);
        acceptor = new KerberosAcceptor(List.of(keytab, second), Optional.empty());
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(other).raw());
    }

    @Test
    void everyKeyVersionOfAKeytabIsGood() {
        EncryptionKey next = ForgedTicket.key(4);
        ForgedTicket.keytab(keytab, SERVICE, key, next);
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(next).raw());
    }

    @Test
    void aKeytabChangedOnDiskIsTakenUp() throws Exception {
        EncryptionKey next = ForgedTicket.key(4);
        accepted(ForgedTicket.with(key).raw());
        assertThat(acceptor.accept(NegotiateToken.read(ForgedTicket.with(next).raw())))
                .isInstanceOf(Rejected.class);
        ForgedTicket.keytab(keytab, SERVICE, next);
        Files.setLastModifiedTime(keytab, FileTime.from(Instant.now().plusSeconds(2)));
        accepted(ForgedTicket.with(next).raw());
        assertThat(acceptor.accept(NegotiateToken.read(ForgedTicket.with(key).raw())))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aKeytabThatComesLaterIsTakenUp() throws Exception {
        Path later = folder.resolve("later.keytab");
        acceptor = new KerberosAcceptor(List.of(later), Optional.empty());
        assertRejected(ForgedTicket.with(key), "does not hold");
        ForgedTicket.keytab(later, SERVICE, key);
        accepted(ForgedTicket.with(key).raw());
    }

    @Test
    void onlyTheConfiguredServiceIsGood() {
        EncryptionKey other = ForgedTicket.key(1);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), "HTTP/app.example@PRACTICE.EXAMPLE", other);
        for (String configured : List.of("HTTP/app.example", "HTTP/app.example@PRACTICE.EXAMPLE")) {
            acceptor = new KerberosAcceptor(List.of(keytab, second), Optional.of(configured));
            accepted(ForgedTicket.with(other).service("HTTP/app.example").raw());
            assertRejected(ForgedTicket.with(key), "the ticket is for another service");
        }
    }

    @Test
    void ticketsOfARealKdcAreGoodBeforeAndAfterItsKeyIsRenewed() throws Exception {
        Path real = folder.resolve("real.keytab");
        try (EmbeddedRealm realm = EmbeddedRealm.start(folder.resolve("realm"), "PRACTICE.EXAMPLE")) {
            realm.addService("HTTP/localhost", real);
            realm.addSignedInUser("alice", folder.resolve("alice.ccache"));
            KerberosClient alice = new KerberosClient(realm.krb5Conf(), folder.resolve("alice.ccache"));
            acceptor = new KerberosAcceptor(List.of(real), Optional.empty());
            byte[] before = alice.token("HTTP/localhost");
            realm.renewKey("HTTP/localhost", real);
            Files.setLastModifiedTime(real, FileTime.from(Instant.now().plusSeconds(2)));
            assertThat(accepted(before).client()).isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
            assertThat(accepted(alice.token("HTTP/localhost")).reply()).isPresent();
        }
    }

    private Accepted accepted(byte[] token) {
        Outcome outcome = accept(token);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return (Accepted) outcome;
    }

    private void assertRejected(ForgedTicket ticket, String why) {
        for (byte[] token : List.of(ticket.raw(), ticket.inSpnego())) {
            assertThat(accept(token))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.why()).contains(why));
        }
    }

    private Outcome accept(byte[] token) {
        try {
            return acceptor.accept(NegotiateToken.read(token));
        } catch (MalformedToken e) {
            throw new AssertionError(e);
        }
    }
}
