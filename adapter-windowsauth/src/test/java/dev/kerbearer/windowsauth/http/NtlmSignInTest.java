package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.windowsauth.channel.SomeChannel;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.ntlm.LocalAuthority;
import dev.kerbearer.windowsauth.ntlm.NtHashDerivation;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import dev.kerbearer.windowsauth.ntlm.SomeNames;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NtlmSignInTest {

    private static final Scheme NTLM = Scheme.NTLM;
    private static final Scheme NEGOTIATE = Scheme.NEGOTIATE;
    private static final String PASSWORD = "Correct horse 1";
    private static final byte[] ONLY_NTLM = SpnegoClient.mechanismList(SpnegoClient.NTLM);
    private static final byte[] NTLM_LAST = SpnegoClient.mechanismList(SpnegoClient.NEGOEX, SpnegoClient.NTLM);

    private final SecretSource random = new SecureRandom()::nextBytes;
    private final InMemoryStorage storage = new InMemoryStorage(new NtHashDerivation());
    private final Peer here = SomePeer.on("a connection", Optional.empty());
    private Instant now = Instant.parse("2026-11-25T00:00:00Z");
    private final HalfOpen<NtlmSignIn.Half> halfOpen = new HalfOpen<>(() -> now);
    private final NtlmSignIn signIn = new NtlmSignIn(
            new NtlmAcceptor(
                    new LocalAuthority(storage.ntlmVerifiers(), Samples.SERVER_KEYS, random, "localhost"),
                    SomeNames.NONE,
                    random,
                    () -> now),
            halfOpen,
            AliceSignsIn.recognising(storage));

    @BeforeEach
    void aliceMayUseNtlm() {
        Optional<Password> password = Optional.of(Password.of(PASSWORD));
        storage.put(
                new LocalIdentity(Samples.localName("alice"), Optional.empty(), Set.of(), Set.of(), true, password),
                now);
        storage.put(new LocalIdentity(Samples.localName("bob"), Optional.empty(), Set.of(), Set.of(), true), now);
    }

    @Test
    void ntlmIsDetectedUnderBothSchemesAndInSpnego() {
        byte[] message = alice().negotiate();
        List<String> ofNtlm = List.of(
                "NTLM " + base64(message),
                "ntlm",
                "Negotiate " + base64(message),
                "negotiate " + base64(SpnegoClient.offer(ONLY_NTLM, Optional.of(message))));
        List<String> others =
                List.of("Negotiate", "Negotiate !", "Negotiate YII=", "Bearer TlRMTVNTUAABAAAA", "NTLMv2 x");
        assertThat(ofNtlm).allMatch(WindowsSignIn::isNtlm);
        assertThat(others).noneMatch(WindowsSignIn::isNtlm);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void twoMessagesOnOneConnectionAreASignIn() {
        for (Scheme scheme : Scheme.values()) {
            NtlmClient client = alice();
            byte[] challenge = continued(take(scheme, client.negotiate()));
            SignIn complete =
                    complete(take(scheme, client.authenticate(challenge))).signIn();
            assertThat(complete.reply()).isEmpty();
            assertThat(storage.find(Samples.localName("alice")))
                    .contains(complete.caller().identity());
        }
    }

    @Test
    void aWrongPasswordAnUnknownUserAndAForbiddenUserGetTheSameRefusal() {
        assertThat(refused(raw(NtlmClient.of("", "mallory", PASSWORD))))
                .isEqualTo(refused(raw(NtlmClient.of("", "alice", "Correct horse 2"))))
                .isEqualTo(refused(raw(NtlmClient.of("", "bob", PASSWORD))))
                .isEqualTo(refused(raw(NtlmClient.of("", "", PASSWORD))))
                .isEqualTo(refused(raw(NtlmClient.of("", "x".repeat(300), PASSWORD))))
                .isEqualTo("the user name or password is not right");
    }

    /** The answer to the client does not name the user. */
    @Test
    void theLogNamesTheUserOfEveryRefusedAnswer() {
        assertThat(userOf(raw(NtlmClient.of("CORP", "mallory", PASSWORD)))).contains("CORP\\mallory");
        assertThat(userOf(raw(NtlmClient.of("", "alice", "Correct horse 2")))).contains("\\alice");
        Peer onTls = new Peer("a connection", here.from(), Optional.empty(), () -> SomeChannel.required(true));
        assertThat(userOf(answered(signIn, onTls, alice()))).isPresent();
        assertThat(userOf(take(NTLM, new byte[3]))).isEmpty();
    }

    private static Optional<String> userOf(SignInStep step) {
        return ((SignInStep.Failed) step).refused().parties().user();
    }

    @Test
    void aChallengeIsGoodForOneAnswer() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        complete(take(NTLM, answer));
        assertNothingToAnswer(take(NTLM, answer));
    }

    @Test
    void aWrongAnswerAlsoUsesUpTheChallenge() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        byte[] wrong = answer.clone();
        wrong[answer.length - 30] ^= 1;
        refused(take(NTLM, wrong));
        assertNothingToAnswer(take(NTLM, answer));
    }

    @Test
    void aChallengeMustBeAnsweredOnItsConnection() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        assertNothingToAnswer(signIn.take(SomePeer.on("another connection", Optional.empty()), Offer.of(NTLM, answer)));
        complete(take(NTLM, answer));
    }

    @Test
    void aChallengeMustBeAnsweredUnderItsScheme() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        assertNothingToAnswer(take(NEGOTIATE, answer));
        byte[] wrapped = SpnegoClient.answer(
                client.authenticate(continued(take(NEGOTIATE, client.negotiate()))), Optional.empty());
        assertNothingToAnswer(take(NEGOTIATE, wrapped));
    }

    @Test
    void aChallengeMustBeAnsweredInTime() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        now = now.plus(Duration.ofSeconds(30));
        assertNothingToAnswer(take(NTLM, answer));
    }

    @Test
    void aClosedConnectionHasNoChallenge() {
        NtlmClient client = alice();
        byte[] answer = client.authenticate(continued(take(NTLM, client.negotiate())));
        signIn.close(here.connection());
        assertNothingToAnswer(take(NTLM, answer));
    }

    @Test
    void aConnectionClosedWhileItsMessageIsProcessedHasNoChallenge() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Peer peer = SomePeer.on(channel, Optional.empty());
        for (int message = 0; message < 2; message++) {
            continued(signIn.take(peer, Offer.of(NTLM, alice().negotiate())));
            NegotiateMechanism.forgetWhenClosed(signIn, channel);
            assertThat(halfOpen.size()).isEqualTo(1);
        }
        assertThat(channel.close().isSuccess()).isTrue();
        assertThat(halfOpen.size()).isZero();
        continued(signIn.take(peer, Offer.of(NTLM, alice().negotiate())));
        NegotiateMechanism.forgetWhenClosed(signIn, channel);
        assertThat(halfOpen.size()).isZero();
    }

    @Test
    void aNewChallengeReplacesTheOldOne() {
        NtlmClient client = alice();
        byte[] old = client.authenticate(continued(take(NTLM, client.negotiate())));
        byte[] next = client.authenticate(continued(take(NTLM, client.negotiate())));
        refused(take(NTLM, old));
        assertNothingToAnswer(take(NTLM, next));
    }

    @Test
    void messagesOutOfOrderAreRefused() {
        NtlmClient client = alice();
        byte[] challenge = continued(take(NTLM, client.negotiate()));
        byte[] answer = client.authenticate(challenge);
        signIn.close(here.connection());
        assertNothingToAnswer(take(NTLM, answer));
        assertNothingToAnswer(take(NTLM, challenge));
        take(NTLM, client.negotiate());
        refused(take(NTLM, challenge));
    }

    @Test
    void inSpnegoBothSidesSignTheListOfMechanisms() {
        NtlmClient client = alice();
        byte[] challenge = continued(take(NEGOTIATE, SpnegoClient.offer(ONLY_NTLM, Optional.of(client.negotiate()))));
        byte[] answer = client.authenticate(SpnegoClient.tokenIn(challenge).orElseThrow());
        byte[] reply = AliceSignsIn.reply(
                        NEGOTIATE,
                        complete(take(NEGOTIATE, SpnegoClient.answer(answer, Optional.of(client.sign(ONLY_NTLM))))))
                .orElseThrow();
        assertThat(client.isServersSignature(
                        ONLY_NTLM, SpnegoClient.signatureIn(reply).orElseThrow()))
                .isTrue();
    }

    @Test
    void ifNtlmIsTheFirstMechanismTheSignatureIsOptionalButMustBeRight() {
        assertThat(spnego(ONLY_NTLM, Optional.empty())).isInstanceOf(SignInStep.Established.class);
        refused(spnego(ONLY_NTLM, Optional.of(new byte[16])));
        refused(spnego(ONLY_NTLM, Optional.of(new byte[0])));
    }

    /** A Windows client outside a domain starts with a mechanism that the service does not know. */
    @Test
    void ifNtlmIsNotTheFirstMechanismTheSignatureIsRequired() {
        assertThat(chosen(client -> Optional.of(client.sign(NTLM_LAST)))).isInstanceOf(SignInStep.Established.class);
        refused(chosen(client -> Optional.empty()));
        refused(chosen(client -> Optional.of(client.sign(ONLY_NTLM))));
    }

    private SignInStep chosen(Function<NtlmClient, Optional<byte[]>> signature) {
        byte[] optimistic = "NEGOEXTS".getBytes(StandardCharsets.US_ASCII);
        byte[] chosen = continued(take(NEGOTIATE, SpnegoClient.offer(NTLM_LAST, Optional.of(optimistic))));
        assertThat(SpnegoClient.tokenIn(chosen)).isEmpty();
        NtlmClient client = alice();
        byte[] challenge = continued(take(NEGOTIATE, SpnegoClient.answer(client.negotiate(), Optional.empty())));
        byte[] answer = client.authenticate(SpnegoClient.tokenIn(challenge).orElseThrow());
        return take(NEGOTIATE, SpnegoClient.answer(answer, signature.apply(client)));
    }

    private SignInStep spnego(byte[] list, Optional<byte[]> signature) {
        NtlmClient client = alice();
        byte[] challenge = continued(take(NEGOTIATE, SpnegoClient.offer(list, Optional.of(client.negotiate()))));
        byte[] answer = client.authenticate(SpnegoClient.tokenIn(challenge).orElseThrow());
        return take(NEGOTIATE, SpnegoClient.answer(answer, signature));
    }

    @Test
    void aKerberosTicketIsLeftToKerberos() {
        byte[] ticket = ForgedTicket.with(ForgedTicket.key(1)).raw();
        byte[] both = SpnegoClient.mechanismList(SpnegoClient.KERBEROS, SpnegoClient.NTLM);
        assertThat(isForNtlm(ticket)).isFalse();
        assertThat(isForNtlm(ForgedTicket.inSpnego(ticket))).isFalse();
        assertThat(isForNtlm(SpnegoClient.offer(both, Optional.of(ticket)))).isFalse();
        assertThat(isForNtlm(SpnegoClient.offer(both, Optional.empty()))).isTrue();
        assertThat(isForNtlm(SpnegoClient.offer(ONLY_NTLM, Optional.empty()))).isTrue();
        assertThat(isForNtlm(SpnegoClient.offer(SpnegoClient.mechanismList(), Optional.of(ticket))))
                .isFalse();
    }

    @Test
    void aRightAnswerIsAcceptedOnItsChannelOnly() {
        Peer onTls = new Peer("a connection", here.from(), Optional.empty(), () -> SomeChannel.required(true));
        complete(answered(signIn, onTls, alice().on(SomeChannel.BINDING)));
        assertThat(refused(answered(signIn, onTls, alice().on(SomeChannel.OTHER_BINDING))))
                .isEqualTo("the sign-in is bound to another TLS channel (channel binding)");
        assertThat(refused(answered(signIn, onTls, alice()))).contains("not bound to this TLS channel");
    }

    @Test
    void aRightAnswerOfABlockedUserIsRefused() {
        NtlmSignIn ofAlice = AliceSignsIn.with(new HalfOpen<>(() -> now));
        NtlmClient bob = NtlmClient.of("", "bob", PASSWORD);
        SignInStep step = SignInStep.taken(() -> answered(ofAlice, here, bob));
        assertThat(((SignInStep.Failed) step).refusal().description()).contains("the identity is disabled");
    }

    private static SignInStep answered(NtlmSignIn signIn, Peer peer, NtlmClient client) {
        byte[] challenge = continued(signIn.take(peer, Offer.of(NTLM, client.negotiate())));
        return signIn.take(peer, Offer.of(NTLM, client.authenticate(challenge)));
    }

    @Test
    void everyBitOfTheLastSpnegoTokenCounts() {
        NtlmClient probe = alice();
        byte[] offer = SpnegoClient.offer(NTLM_LAST, Optional.empty());
        int length = lastToken(probe, offer).length;
        for (int bit = 0; bit < 8 * length; bit++) {
            byte[] last = lastToken(alice(), offer);
            last[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(take(NEGOTIATE, last)).as("bit %d", bit).isInstanceOf(SignInStep.Failed.class);
        }
    }

    private byte[] lastToken(NtlmClient client, byte[] offer) {
        continued(take(NEGOTIATE, offer));
        byte[] challenge = continued(take(NEGOTIATE, SpnegoClient.answer(client.negotiate(), Optional.empty())));
        byte[] answer = client.authenticate(SpnegoClient.tokenIn(challenge).orElseThrow());
        return SpnegoClient.answer(answer, Optional.of(client.sign(NTLM_LAST)));
    }

    /** An attacker who changes the list to force a weaker mechanism breaks its signature. */
    @Test
    void everyBitOfTheOfferCounts() {
        byte[] offer = SpnegoClient.offer(NTLM_LAST, Optional.empty());
        for (int bit = 0; bit < 8 * offer.length; bit++) {
            byte[] changed = offer.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            if (isForNtlm(changed) && take(NEGOTIATE, changed) instanceof SignInStep.Continue) {
                NtlmClient client = alice();
                SignInStep begun = take(NEGOTIATE, SpnegoClient.answer(client.negotiate(), Optional.empty()));
                byte[] answer = client.authenticate(
                        SpnegoClient.tokenIn(continued(begun)).orElseThrow());
                byte[] last = SpnegoClient.answer(answer, Optional.of(client.sign(NTLM_LAST)));
                assertThat(take(NEGOTIATE, last)).as("bit %d", bit).isInstanceOf(SignInStep.Failed.class);
            }
        }
    }

    @Test
    void tokensThatAreCutOffOrEmptyAreRefused() {
        byte[] offer = SpnegoClient.offer(ONLY_NTLM, Optional.of(alice().negotiate()));
        for (int length = 0; length < offer.length; length++) {
            refused(take(NEGOTIATE, Arrays.copyOf(offer, length)));
            assertThat(isForNtlm(Arrays.copyOf(offer, length))).isFalse();
        }
        refused(take(NEGOTIATE, SpnegoClient.answer(new byte[0], Optional.empty())));
        continued(take(NEGOTIATE, offer));
        refused(take(NEGOTIATE, SpnegoClient.answer(new byte[0], Optional.empty())));
    }

    /** Ten thousand half-done handshakes need about 30 MB at most, whatever clients send. */
    @Test
    void aHalfDoneHandshakeKeepsFewBytes() {
        byte[] tokenOfAnotherMechanism = new byte[48 * 1024];
        continued(take(NEGOTIATE, SpnegoClient.offer(listOf(512), Optional.of(tokenOfAnotherMechanism))));
        assertThat(bytesKept()).isBetween(512, 1024);
        byte[] longest = Arrays.copyOf(alice().negotiate(), 1024);
        continued(take(NEGOTIATE, SpnegoClient.answer(longest, Optional.empty())));
        assertThat(bytesKept()).isBetween(512 + 1024, 3 * 1024);
    }

    /** Under the scheme NTLM, no other code has checked that the offer is for NTLM. */
    @Test
    void anOfferForAnotherMechanismIsRefusedAndNotKept() {
        byte[] kerberos = SpnegoClient.KERBEROS;
        byte[] ticket = new byte[48 * 1024];
        for (Scheme scheme : Scheme.values()) {
            refused(take(scheme, SpnegoClient.offer(SpnegoClient.mechanismList(kerberos), Optional.of(ticket))));
            refused(take(scheme, SpnegoClient.offer(SpnegoClient.mechanismList(kerberos), Optional.empty())));
            refused(take(
                    scheme,
                    SpnegoClient.offer(SpnegoClient.mechanismList(kerberos, SpnegoClient.NTLM), Optional.of(ticket))));
            assertThat(halfOpen.size()).isZero();
        }
    }

    @Test
    void anOfferThatIsTooLongToKeepIsRefused() {
        refused(take(NEGOTIATE, SpnegoClient.offer(listOf(513), Optional.empty())));
        byte[] tooLong = Arrays.copyOf(alice().negotiate(), 1025);
        refused(take(NEGOTIATE, SpnegoClient.offer(ONLY_NTLM, Optional.of(tooLong))));
        refused(take(NTLM, tooLong));
        assertThat(halfOpen.size()).isZero();
    }

    /** Returns a list of mechanisms that includes NTLM and has that content length. */
    private static byte[] listOf(int length) {
        int others = length - 2 - SpnegoClient.NTLM.length;
        byte[] most = new byte[100];
        List<byte[]> mechanisms = new ArrayList<>();
        for (; others > 2 * (2 + most.length); others -= 2 + most.length) {
            mechanisms.add(most);
        }
        mechanisms.add(new byte[others / 2 - 2]);
        mechanisms.add(new byte[others - others / 2 - 2]);
        mechanisms.add(SpnegoClient.NTLM);
        return SpnegoClient.mechanismList(mechanisms.toArray(byte[][]::new));
    }

    private int bytesKept() {
        NtlmSignIn.Half half = halfOpen.take(here.connection()).orElseThrow();
        halfOpen.keep(here.connection(), here.address(), half);
        return KeptBytes.of(half);
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", PASSWORD);
    }

    private SignInStep raw(NtlmClient client) {
        return take(NTLM, client.authenticate(continued(take(NTLM, client.negotiate()))));
    }

    private SignInStep take(Scheme scheme, byte[] token) {
        return signIn.take(here, Offer.of(scheme, token));
    }

    private static boolean isForNtlm(byte[] token) {
        return Offer.of(NEGOTIATE, token).isForNtlm();
    }

    private static byte[] continued(SignInStep step) {
        assertThat(step).isInstanceOf(SignInStep.Continue.class);
        return ((SignInStep.Continue) step).token();
    }

    private static SignInStep.Established complete(SignInStep step) {
        assertThat(step).isInstanceOf(SignInStep.Established.class);
        return (SignInStep.Established) step;
    }

    private static String refused(SignInStep step) {
        assertThat(step).isInstanceOf(SignInStep.Failed.class);
        String description = ((SignInStep.Failed) step).refusal().description();
        assertThat(description).matches("Authentication failed: [ -~]{1,100}");
        return description.substring("Authentication failed: ".length());
    }

    private static void assertNothingToAnswer(SignInStep step) {
        assertThat(refused(step)).isEqualTo("no NTLM challenge is open on this connection");
    }
}
