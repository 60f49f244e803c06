package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtlmAcceptorTest {

    private static final String PASSWORD = OnlyAlice.PASSWORD;
    private static final Endpoints HERE = SomeNames.HERE;
    private static final int CURL =
            Flags.OEM | Flags.REQUEST_TARGET | Flags.NTLM | Flags.EXTENDED_SESSION_SECURITY | Flags.ALWAYS_SIGN;

    private final NtlmAcceptor acceptor = new NtlmAcceptor(
            new OnlyAlice(), SomeNames.OF_KERBEARER, new SecureRandom()::nextBytes, InstantSource.system());

    @Test
    void aClientWithTheRightPasswordIsAccepted() throws Exception {
        assertAccepted(client());
        assertAccepted(client().withoutMic());
        assertAccepted(client().withoutMic().offering(CURL));
        assertAccepted(client().offering(CURL | Flags.UNICODE));
        assertAccepted(NtlmClient.of("DOMÄIN", "ALICE", PASSWORD));
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameRefusal() throws Exception {
        Outcome.Rejected wrongPassword = (Outcome.Rejected) complete(NtlmClient.of("", "alice", "Correct horse 2"));
        Outcome.Rejected unknownUser = (Outcome.Rejected) complete(NtlmClient.of("", "mallory", PASSWORD));
        assertThat(wrongPassword.why()).isEqualTo(unknownUser.why());
        assertThat(wrongPassword.detail()).isEqualTo(unknownUser.detail());
    }

    @Test
    void aUserWithADisabledAccountIsBlocked() throws Exception {
        byte[] channel = "sixteen bytes ok".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(complete(NtlmClient.of("", "bob", PASSWORD).on(channel)))
                .isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
                    assertThat(blocked.account()).isEqualTo(OnlyAlice.BOB);
                    assertThat(blocked.binding()).hasValue(channel);
                });
    }

    @Test
    void theOutcomeHasTheChannelBindingOfTheClient() throws Exception {
        byte[] channel = "sixteen bytes ok".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(binding(client())).isEmpty();
        assertThat(binding(client().on(new byte[16]))).hasValue(new byte[16]);
        assertThat(binding(client().on(channel))).hasValue(channel);
    }

    @Test
    void anAnswerIsGoodForItsChallengeOnly() throws Exception {
        NtlmClient client = client();
        byte[] type1 = client.negotiate();
        byte[] answer = client.authenticate(acceptor.begin(type1).challengeBytes());
        NtlmHandshake other = acceptor.begin(type1);
        assertThatThrownBy(() -> acceptor.complete(other, answer, HERE)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void theIntegrityCodeCoversEveryByteOfTheThreeMessages() throws Exception {
        NtlmClient client = client();
        byte[] type1 = client.negotiate();
        NtlmHandshake handshake = acceptor.begin(type1);
        byte[] answer = client.authenticate(handshake.challengeBytes());
        assertThat(acceptor.complete(handshake, answer, HERE)).isInstanceOf(Outcome.Accepted.class);
        for (int bit = 0; bit < 8 * answer.length; bit++) {
            assertThat(isAccepted(handshake, flipped(answer, bit)))
                    .as("bit %d of type 3", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * type1.length; bit++) {
            byte[] changed = flipped(type1, bit);
            NtlmHandshake other;
            try {
                other = new NtlmHandshake(NegotiateMessage.read(changed), handshake.challenge());
            } catch (MalformedMessage refused) {
                continue;
            }
            assertThat(isAccepted(other, answer)).as("bit %d of type 1", bit).isFalse();
        }
    }

    /** The client gets another challenge than the server sent. */
    @Test
    void aChallengeChangedInTransitIsDetected() throws Exception {
        NtlmClient probe = client();
        int length = acceptor.begin(probe.negotiate()).challengeBytes().length;
        for (int bit = 0; bit < 8 * length; bit++) {
            NtlmClient client = client();
            NtlmHandshake handshake = acceptor.begin(client.negotiate());
            byte[] changed = flipped(handshake.challengeBytes(), bit);
            try {
                ChallengeMessage.read(changed);
            } catch (MalformedMessage clientGivesUp) {
                continue;
            }
            assertThat(isAccepted(handshake, client.authenticate(changed)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    /** curl and Java send no integrity code, but their proof still covers the target information and the time. */
    @Test
    void withoutAnIntegrityCodeEveryByteOfTheProofCounts() throws Exception {
        NtlmClient client = client().withoutMic();
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        byte[] answer = client.authenticate(handshake.challengeBytes());
        ByteBuffer fields = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        int length = fields.getShort(20);
        int offset = fields.getInt(24);
        for (int bit = 8 * offset; bit < 8 * (offset + length); bit++) {
            assertThat(isAccepted(handshake, flipped(answer, bit)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void versionOneIsRefused() {
        NtlmClient client = client();
        assertThatThrownBy(() -> {
                    NtlmHandshake handshake = acceptor.begin(client.negotiate());
                    byte[] answer = client.authenticate(handshake.challengeBytes());
                    ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).putShort(20, (short) 24);
                    acceptor.complete(handshake, answer, HERE);
                })
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("version 1");
    }

    @Test
    void anAnnouncedIntegrityCodeMustBePresent() throws Exception {
        NtlmClient client = client();
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        byte[] answer = client.authenticate(handshake.challengeBytes());
        Arrays.fill(
                answer, AuthenticateMessage.MIC, AuthenticateMessage.MIC + AuthenticateMessage.MIC_LENGTH, (byte) 0);
        assertThat(acceptor.complete(handshake, answer, HERE)).isInstanceOf(Outcome.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 11, 12, 15})
    void aTruncatedFirstMessageIsRefused(int length) {
        assertThatThrownBy(() -> acceptor.begin(Arrays.copyOf(client().negotiate(), length)))
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aLongFirstMessageIsRefused() throws Exception {
        acceptor.begin(Arrays.copyOf(client().negotiate(), 1024));
        assertThatThrownBy(() -> acceptor.begin(Arrays.copyOf(client().negotiate(), 1025)))
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aTruncatedAnswerIsRefused() throws Exception {
        NtlmClient client = client();
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        byte[] answer = client.authenticate(handshake.challengeBytes());
        for (int length = 0; length < answer.length; length++) {
            assertThat(isAccepted(handshake, Arrays.copyOf(answer, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void messagesOfAnotherTypeAreRefused() throws Exception {
        NtlmClient client = client();
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        byte[] answer = client.authenticate(handshake.challengeBytes());
        assertThatThrownBy(() -> acceptor.begin(answer)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> acceptor.begin(handshake.challengeBytes())).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> acceptor.complete(handshake, client.negotiate(), HERE))
                .isInstanceOf(MalformedMessage.class);
        assertThat(NtlmAcceptor.typeOf(client.negotiate())).isEqualTo(1);
        assertThat(NtlmAcceptor.typeOf(handshake.challengeBytes())).isEqualTo(2);
        assertThat(NtlmAcceptor.typeOf(answer)).isEqualTo(3);
        assertThat(NtlmAcceptor.typeOf(new byte[20])).isZero();
    }

    @Test
    void serverAndClientSignWithDifferentKeys() throws Exception {
        NtlmClient client = client();
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        byte[] answer = client.authenticate(handshake.challengeBytes());
        SessionKey key = ((Outcome.Accepted) acceptor.complete(handshake, answer, HERE)).sessionKey();
        byte[] text = {1, 2, 3};
        assertThat(key.isSignature(SessionKey.Side.CLIENT, text, client.sign(text)))
                .isTrue();
        assertThat(key.isSignature(SessionKey.Side.SERVER, text, client.sign(text)))
                .isFalse();
        assertThat(client.isServersSignature(text, key.sign(SessionKey.Side.SERVER, text)))
                .isTrue();
        assertThat(key).hasToString("SessionKey[hidden]");
    }

    private static NtlmClient client() {
        return NtlmClient.of("WORKGROUP", "alice", PASSWORD);
    }

    private void assertAccepted(NtlmClient client) throws MalformedMessage {
        assertThat(complete(client))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.account()).isEqualTo(OnlyAlice.ALICE));
    }

    private Optional<byte[]> binding(NtlmClient client) throws MalformedMessage {
        return ((Outcome.Accepted) complete(client)).binding();
    }

    private Outcome complete(NtlmClient client) throws MalformedMessage {
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        return acceptor.complete(handshake, client.authenticate(handshake.challengeBytes()), HERE);
    }

    private boolean isAccepted(NtlmHandshake handshake, byte[] answer) {
        try {
            return acceptor.complete(handshake, answer, HERE) instanceof Outcome.Accepted;
        } catch (MalformedMessage refused) {
            return false;
        }
    }

    private static byte[] flipped(byte[] message, int bit) {
        byte[] flipped = message.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
