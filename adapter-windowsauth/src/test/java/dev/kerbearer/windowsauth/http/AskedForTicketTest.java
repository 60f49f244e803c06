package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that list Kerberos, but begin with a mechanism that is not supported here, such as NEGOEX of Windows. */
class AskedForTicketTest {

    private static final EncryptionKey KEY = ForgedTicket.key(1);
    private static final byte[] LIST =
            SpnegoClient.mechanismList(SpnegoClient.NEGOEX, SpnegoClient.KERBEROS, SpnegoClient.NTLM);
    private static final byte[] TOKEN_OF_NEGOEX = "NEGOEXTS".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private KerberosSignIn signIn;

    @BeforeEach
    void aKeytab() {
        Path keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@PRACTICE.EXAMPLE", KEY);
        RefusedSignIns refused = new RefusedSignIns(new InMemoryStorage(), InstantSource.system());
        signIn = new KerberosSignIn(
                new KerberosAcceptor(
                        List.of(keytab),
                        Optional.empty(),
                        new TicketPolicy(Map.of(), Set.of(), false),
                        InstantSource.system()),
                new RecogniseCaller(new Directories(Map.of(), Map.of()), refused),
                new RefuseTicket(refused));
    }

    @Test
    void aClientThatListsKerberosBeforeNtlmIsAskedForItsTicket() throws Exception {
        for (Optional<byte[]> token : List.of(Optional.of(TOKEN_OF_NEGOEX), Optional.<byte[]>empty())) {
            Offer offer = Offer.of(Scheme.NEGOTIATE, SpnegoClient.offer(LIST, token));
            assertThat(offer.isForNtlm()).isFalse();
            SignInStep asked = signIn.take(SomePeer.on("a connection", Optional.empty()), offer);
            assertThat(asked).isInstanceOf(SignInStep.Continue.class);
            assertThat(chosenIn(((SignInStep.Continue) asked).token())).isEqualTo(SpnegoClient.KERBEROS);
        }
        byte[] later = SpnegoClient.answer(ForgedTicket.with(KEY).raw(), Optional.empty());
        assertTicketIsOpened(later);
    }

    /** The token belongs to the first mechanism (RFC 4178 section 4.2.1), but not every client obeys. */
    @Test
    void aTicketThatIsPresentIsAccepted() {
        assertTicketIsOpened(
                SpnegoClient.offer(LIST, Optional.of(ForgedTicket.with(KEY).raw())));
    }

    @Test
    void aClientThatListsNtlmFirstKeepsNtlm() {
        for (byte[] list : List.of(
                SpnegoClient.mechanismList(SpnegoClient.NEGOEX, SpnegoClient.NTLM, SpnegoClient.KERBEROS),
                SpnegoClient.mechanismList(SpnegoClient.NEGOEX, SpnegoClient.NTLM),
                SpnegoClient.mechanismList(SpnegoClient.NTLM, SpnegoClient.KERBEROS))) {
            byte[] token = SpnegoClient.offer(list, Optional.of(TOKEN_OF_NEGOEX));
            assertThat(Offer.of(Scheme.NEGOTIATE, token).isForNtlm()).isTrue();
        }
    }

    @Test
    void aLaterTokenWithoutATicketIsRefused() {
        for (byte[] token : List.of(TOKEN_OF_NEGOEX, new byte[0])) {
            Offer later = Offer.of(Scheme.NEGOTIATE, SpnegoClient.answer(token, Optional.empty()));
            assertThat(later.isForNtlm()).isTrue();
            assertThat(signIn.take(SomePeer.on("a connection", Optional.empty()), later))
                    .isInstanceOf(SignInStep.Failed.class);
        }
    }

    /** After a ticket is opened, its caller is looked up. This caller is in no directory. */
    private void assertTicketIsOpened(byte[] token) {
        Offer offer = Offer.of(Scheme.NEGOTIATE, token);
        assertThat(offer.isForNtlm()).isFalse();
        SignInStep step = SignInStep.taken(() -> signIn.take(SomePeer.on("a connection", Optional.empty()), offer));
        assertThat(((SignInStep.Failed) step).refusal().description()).isEqualTo("Unhandled identity claim type");
    }

    private static byte[] chosenIn(byte[] answer) throws MalformedToken {
        Der members = Der.of(answer).enter(Der.context(1)).enter(Der.SEQUENCE);
        members.skipOptional(Der.context(0));
        return members.enter(Der.context(1)).enter(Der.OBJECT_IDENTIFIER).rest();
    }
}
