package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.channel.SomeChannel;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.practice.EmbeddedRealm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerberosAcceptorTest {

    private static final TicketPolicy POLICY =
            new TicketPolicy(Map.of("PRACTICE.EXAMPLE", TicketPolicy.PacUse.WITHOUT_MEANING), Set.of(), true);

    private static final String SERVICE = "HTTP/localhost@PRACTICE.EXAMPLE";

    /** Checksum types (RFC 3961 section 8, RFC 3962 section 7, RFC 4121 section 4.1.1). */
    private static final int CRC32 = 1;

    private static final int HMAC_SHA1_96_AES256 = 16;
    private static final int GSS_CHECKSUM = 0x8003;

    @TempDir
    Path folder;

    private final EncryptionKey key = ForgedTicket.key(3);
    private Path keytab = Path.of("");
    private KerberosAcceptor acceptor =
            new KerberosAcceptor(List.of(), Optional.empty(), POLICY, InstantSource.system());

    @BeforeEach
    void anAcceptorWithOneKeytab() {
        keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), SERVICE, key);
        acceptor = new KerberosAcceptor(List.of(keytab), Optional.empty(), POLICY, InstantSource.system());
    }

    @Test
    void aGoodTicketNamesItsClient() {
        assertThat(accepted(ForgedTicket.with(key).raw()).client())
                .isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
        assertThat(accepted(ForgedTicket.with(key).inSpnego()).client())
                .isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
    }

    @Test
    void theRealmAndEveryComponentOfANameAreKept() {
        assertThat(accepted(ForgedTicket.with(key)
                                .client("alice", "OTHER.EXAMPLE")
                                .raw())
                        .client())
                .isEqualTo(Principal.parse("alice@OTHER.EXAMPLE"));
        assertThat(accepted(ForgedTicket.with(key)
                                .client("host/box.example", "PRACTICE.EXAMPLE")
                                .raw())
                        .client())
                .isEqualTo(new Principal(List.of("host", "box.example"), "PRACTICE.EXAMPLE"));
    }

    @Test
    void aClientThatRequestsMutualAuthenticationGetsAReply() {
        assertThat(accepted(ForgedTicket.with(key).mutual().raw()).reply()).isPresent();
        assertThat(accepted(ForgedTicket.with(key).mutual().inSpnego()).reply()).isPresent();
        assertThat(accepted(ForgedTicket.with(key).raw()).reply()).isEmpty();
    }

    @Test
    void theRefusalNamesTheFaultOfTheTicket() {
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
    void theLogNamesTheNeededKeyAndTheHeldKeys() {
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(4))))
                .isEqualTo("the ticket is for " + SERVICE + " version 4 aes256-cts-hmac-sha1-96; the keytabs hold "
                        + SERVICE
                        + " version 3 aes256-cts-hmac-sha1-96; the account's password was changed after the keytab"
                        + " was created: create a new keytab");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3))))
                .contains("the keytab has a different key of this version");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/other")))
                .startsWith("the ticket is for HTTP/other@PRACTICE.EXAMPLE version 3")
                .contains("no keytab has a key of this principal");
        assertThat(detailOf(ForgedTicket.with(ForgedTicket.key(3)).service("HTTP/o\nther")))
                .as("one line per event")
                .startsWith("the ticket is for HTTP/o?ther@");
        acceptor = new KerberosAcceptor(
                List.of(folder.resolve("missing.keytab")), Optional.empty(), POLICY, InstantSource.system());
        assertThat(detailOf(ForgedTicket.with(key))).contains("hold no key", "missing.keytab cannot be read");
    }

    @Test
    void theLogNamesTheClockSkew() {
        assertThat(detailOf(ForgedTicket.with(key).clientClock(Duration.ofHours(2))))
                .matches("the client's clock is (7199|7200) s ahead of this machine's, and 300 s are allowed:.*");
        assertThat(detailOf(ForgedTicket.with(key).clientClock(Duration.ofHours(-2))))
                .matches("the client's clock is (7200|7201) s behind this machine's, and 300 s are allowed:.*");
        EncryptionKey aes128 = ForgedTicket.key(3, EncryptionType.AES128_CTS_HMAC_SHA1_96);
        ForgedTicket.keytab(keytab, SERVICE, key, aes128);
        acceptor = new KerberosAcceptor(List.of(keytab), Optional.empty(), POLICY, InstantSource.system());
        assertThat(detailOf(ForgedTicket.with(aes128)
                        .sessionKey(EncryptionType.AES128_CTS_HMAC_SHA1_96)
                        .clientClock(Duration.ofHours(2))))
                .startsWith("the client's clock is 7");
    }

    private String detailOf(ForgedTicket ticket) {
        return ((Rejected) accept(ticket.raw())).detail().text();
    }

    @Test
    void aClockSkewBelowFiveMinutesIsAccepted() {
        accepted(ForgedTicket.with(key).clientClock(Duration.ofSeconds(280)).raw());
        accepted(ForgedTicket.with(key).clientClock(Duration.ofSeconds(-280)).raw());
    }

    @Test
    void aTicketForAnotherServiceIsRefusedEvenIfItsKeyIsHeld() {
        EncryptionKey hostKey = ForgedTicket.key(1);
        Path both = ForgedTicket.keytab(folder.resolve("host.keytab"), "host/box@PRACTICE.EXAMPLE", hostKey);
        acceptor = new KerberosAcceptor(List.of(keytab, both), Optional.empty(), POLICY, InstantSource.system());
        assertRejected(ForgedTicket.with(hostKey).service("host/box"), "the ticket is for another service");
        assertRejected(ForgedTicket.with(key).service("HTTP/elsewhere"), "the ticket is for another service");
    }

    @Test
    void severalPrincipalsAndKeytabsAreAcceptedTogether() {
        EncryptionKey other = ForgedTicket.key(3);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), "HTTP/app.example@PRACTICE.EXAMPLE", other);
        acceptor = new KerberosAcceptor(List.of(keytab, second), Optional.empty(), POLICY, InstantSource.system());
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(other).service("HTTP/app.example").raw());
    }

    @Test
    void keysOfTheSameNameAndVersionInTwoKeytabsAreBothAccepted() {
        EncryptionKey other = ForgedTicket.key(3);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), SERVICE, other);
        acceptor = new KerberosAcceptor(List.of(keytab, second), Optional.empty(), POLICY, InstantSource.system());
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(other).raw());
    }

    @Test
    void everyKeyVersionOfAKeytabIsAccepted() {
        EncryptionKey next = ForgedTicket.key(4);
        ForgedTicket.keytab(keytab, SERVICE, key, next);
        accepted(ForgedTicket.with(key).raw());
        accepted(ForgedTicket.with(next).raw());
    }

    @Test
    void aChangedKeytabIsReloaded() throws Exception {
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
    void aKeytabCreatedLaterIsLoaded() throws Exception {
        Path later = folder.resolve("later.keytab");
        acceptor = new KerberosAcceptor(List.of(later), Optional.empty(), POLICY, InstantSource.system());
        assertRejected(ForgedTicket.with(key), "does not hold");
        ForgedTicket.keytab(later, SERVICE, key);
        accepted(ForgedTicket.with(key).raw());
    }

    @Test
    void onlyTheConfiguredServiceIsAccepted() {
        EncryptionKey other = ForgedTicket.key(1);
        Path second = ForgedTicket.keytab(folder.resolve("second.keytab"), "HTTP/app.example@PRACTICE.EXAMPLE", other);
        for (String configured : List.of("HTTP/app.example", "HTTP/app.example@PRACTICE.EXAMPLE")) {
            acceptor = new KerberosAcceptor(
                    List.of(keytab, second), Optional.of(configured), POLICY, InstantSource.system());
            accepted(ForgedTicket.with(other).service("HTTP/app.example").raw());
            assertRejected(ForgedTicket.with(key), "the ticket is for another service");
        }
    }

    @Test
    void rc4IsRefusedEvenIfItsKeyIsHeld() {
        EncryptionKey rc4 = ForgedTicket.key(3, EncryptionType.ARCFOUR_HMAC);
        ForgedTicket.keytab(keytab, SERVICE, key, rc4);
        assertRejected(ForgedTicket.with(rc4), "the ticket's encryption type is not accepted");
        assertThat(detailOf(ForgedTicket.with(rc4)))
                .startsWith("the ticket is for " + SERVICE + " version 3 rc4-hmac;")
                .contains("let the account use AES");
        assertRejected(
                ForgedTicket.with(key).sessionKey(EncryptionType.ARCFOUR_HMAC),
                "the ticket's encryption type is not accepted");
    }

    @Test
    void anotherChecksumThanThatOfGssApiIsRefused() {
        byte[] good = new byte[24];
        good[0] = 16;
        accepted(ForgedTicket.with(key).checksum(GSS_CHECKSUM, good).raw());
        assertRejected(ForgedTicket.with(key).checksum(CRC32, new byte[4]), "no valid Kerberos ticket");
        assertRejected(ForgedTicket.with(key).checksum(HMAC_SHA1_96_AES256, new byte[12]), "no valid Kerberos ticket");
        for (int length = 0; length < good.length; length++) {
            assertRejected(
                    ForgedTicket.with(key).checksum(GSS_CHECKSUM, Arrays.copyOf(good, length)),
                    "no valid Kerberos ticket");
        }
    }

    @Test
    void everyByteOfAnAuthenticatorCounts() {
        byte[] token = ForgedTicket.with(key).raw();
        int cipher = token.length - 100;
        for (int at = cipher; at < token.length; at++) {
            byte[] changed = token.clone();
            changed[at] ^= 1;
            assertThat(accept(changed)).as("byte %d", at).isInstanceOf(Rejected.class);
        }
    }

    /** With unconstrained delegation, a client passes a ticket for acting in the user's name everywhere. */
    @Test
    void aDelegatedTicketIsNotKept() throws Exception {
        byte[] token = ForgedTicket.with(key).delegating(new byte[32]).raw();
        assertThat(jgssKeepsTheDelegatedTicket(token))
                .as("the delegated ticket is valid")
                .isTrue();
        Accepted accepted =
                accepted(ForgedTicket.with(key).delegating(new byte[32]).raw());
        assertThat(accepted)
                .isEqualTo(new Accepted(
                        Principal.parse("alice@PRACTICE.EXAMPLE"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @SuppressWarnings("removal")
    private boolean jgssKeepsTheDelegatedTicket(byte[] token) throws Exception {
        GSSManager manager = GSSManager.getInstance();
        Subject subject = new Subject(false, Set.of(), Set.of(), Set.of(KeyTab.getUnboundInstance(keytab.toFile())));
        return Subject.doAs(subject, (PrivilegedExceptionAction<Boolean>) () -> {
            GSSContext context = manager.createContext(manager.createCredential(
                    null, GSSCredential.INDEFINITE_LIFETIME, (Oid) null, GSSCredential.ACCEPT_ONLY));
            context.acceptSecContext(token, 0, token.length);
            return context.getDelegCred().getName().toString().equals("alice@PRACTICE.EXAMPLE");
        });
    }

    @Test
    void ticketsOfARealKdcAreAcceptedBeforeAndAfterAKeyRenewal() throws Exception {
        Path real = folder.resolve("real.keytab");
        try (EmbeddedRealm realm = EmbeddedRealm.start(folder.resolve("realm"), "PRACTICE.EXAMPLE")) {
            realm.addService("HTTP/localhost", real);
            realm.addSignedInUser("alice", folder.resolve("alice.ccache"));
            KerberosClient alice = new KerberosClient(realm.krb5Conf(), folder.resolve("alice.ccache"));
            acceptor = new KerberosAcceptor(List.of(real), Optional.empty(), POLICY, InstantSource.system());
            byte[] before = alice.token("HTTP/localhost");
            realm.renewKey("HTTP/localhost", real);
            Files.setLastModifiedTime(real, FileTime.from(Instant.now().plusSeconds(2)));
            assertThat(accepted(before).client()).isEqualTo(Principal.parse("alice@PRACTICE.EXAMPLE"));
            assertThat(accepted(alice.token("HTTP/localhost")).reply()).isPresent();
        }
    }

    @Test
    void aTicketBoundToAnotherChannelIsRefused() {
        for (boolean required : new boolean[] {false, true}) {
            TlsChannel channel = SomeChannel.required(required);
            assertThat(accept(ForgedTicket.with(key).on(SomeChannel.BINDING).inSpnego(), channel))
                    .isInstanceOf(Accepted.class);
            assertThat(whyNot(ForgedTicket.with(key).on(SomeChannel.OTHER_BINDING), channel))
                    .startsWith("the sign-in is bound to another TLS channel");
        }
        accepted(ForgedTicket.with(key).on(SomeChannel.OTHER_BINDING).raw());
    }

    @Test
    void anUnboundTicketIsAcceptedUnlessBindingIsRequiredOrSupported() {
        TlsChannel channel = SomeChannel.required(false);
        assertThat(accept(ForgedTicket.with(key).raw(), channel)).isInstanceOf(Accepted.class);
        assertThat(accept(
                        ForgedTicket.with(key)
                                .checksum(CRC32, SomeChannel.checksum())
                                .raw(),
                        channel))
                .isInstanceOf(Accepted.class);
        assertThat(whyNot(ForgedTicket.with(key).bindingChannels(), channel)).contains("though its client can");
        assertThat(accept(
                        ForgedTicket.with(key)
                                .bindingChannels()
                                .on(SomeChannel.BINDING)
                                .raw(),
                        channel))
                .isInstanceOf(Accepted.class);
        assertThat(whyNot(ForgedTicket.with(key), SomeChannel.required(true))).contains("as is required");
        assertThat(whyNot(ForgedTicket.with(key).checksum(CRC32, SomeChannel.checksum()), SomeChannel.required(true)))
                .contains("as is required");
    }

    @Test
    void theLogNamesTheClientOfATicketBoundToAnotherChannel() {
        Rejected rejected = (Rejected)
                accept(ForgedTicket.with(key).on(SomeChannel.OTHER_BINDING).raw(), SomeChannel.required(false));
        assertThat(rejected.detail().text())
                .startsWith("of alice@PRACTICE.EXAMPLE: the client bound the sign-in to another");
    }

    /** The JDK uses keys of another name if it has none for the ticket's service. */
    @Test
    void theBindingIsReadWithTheKeyThatDecryptsTheTicket() {
        EncryptionKey other = ForgedTicket.key(4);
        Path both = ForgedTicket.keytab(folder.resolve("both.keytab"), SERVICE, key, other);
        acceptor = new KerberosAcceptor(List.of(both), Optional.of("HTTP/alias"), POLICY, InstantSource.system());
        assertBoundTicketIsAccepted(ForgedTicket.with(other).service("HTTP/alias"));
        acceptor = new KerberosAcceptor(List.of(both), Optional.empty(), POLICY, InstantSource.system());
        assertBoundTicketIsAccepted(ForgedTicket.with(key));
        assertBoundTicketIsAccepted(ForgedTicket.with(other));
    }

    private void assertBoundTicketIsAccepted(ForgedTicket ticket) {
        assertThat(accept(ticket.on(SomeChannel.BINDING).raw(), SomeChannel.required(true)))
                .isInstanceOf(Accepted.class);
    }

    private String whyNot(ForgedTicket ticket, TlsChannel channel) {
        return ((Rejected) accept(ticket.inSpnego(), channel)).why();
    }

    private Outcome accept(byte[] token, TlsChannel channel) {
        try {
            return acceptor.accept(NegotiateToken.read(token), channel);
        } catch (MalformedToken e) {
            throw new AssertionError(e);
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
                            rejected -> assertThat(rejected.why())
                                    .as(rejected.detail().text())
                                    .contains(why));
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
