package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.password.Password;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** The rules for every NTLM message that a client sends, for two of them in a row, and for target information. */
final class AnyNtlmMessages {

    private static final NtlmAcceptor ACCEPTOR = OnlyAlice.withTheSameChallenge();
    private static final Endpoints HERE = SomeNames.HERE;
    private static final byte[] HASH =
            NtHash.of(Password.of(OnlyAlice.PASSWORD)).reveal();

    private AnyNtlmMessages() {}

    /** Reads a message. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws MalformedMessage;
    }

    /** Uses the input as each kind of message, and as two messages after the length of the first. */
    static void check(byte[] input) {
        readOrRefused(() -> NegotiateMessage.read(input));
        readOrRefused(() -> AuthenticateMessage.read(input, Flags.UNICODE));
        readOrRefused(() -> AuthenticateMessage.read(input, Flags.OEM | Flags.KEY_EXCHANGE));
        readOrRefused(() -> ChallengeMessage.read(input)).ifPresent(read -> assertWrittenUnchanged(read.target()));
        readOrRefused(() -> TargetInformation.read(input, 0)).ifPresent(AnyNtlmMessages::assertWrittenUnchanged);
        outcome(input);
    }

    /** Returns the outcome of two messages; empty if one of them is refused. */
    static Optional<Outcome> outcome(byte[] input) {
        int length =
                input.length < 2 ? 0 : Short.toUnsignedInt(littleEndian(input).getShort(0));
        if (length > input.length - 2) {
            return Optional.empty();
        }
        byte[] type1 = Arrays.copyOfRange(input, 2, 2 + length);
        byte[] type3 = Arrays.copyOfRange(input, 2 + length, input.length);
        return readOrRefused(() -> ACCEPTOR.begin(type1)).flatMap(handshake -> outcome(handshake, type1, type3));
    }

    private static Optional<Outcome> outcome(NtlmHandshake handshake, byte[] type1, byte[] type3) {
        byte[] type2 = handshake.challengeBytes();
        ChallengeMessage challenge =
                readOrRefused(() -> ChallengeMessage.read(type2)).orElseThrow();
        assertThat(challenge.flags() & Flags.EXTENDED_SESSION_SECURITY).isNotZero();
        assertThat(challenge.target().get(TargetInformation.TIMESTAMP)).isPresent();
        Optional<Outcome> outcome = readOrRefused(() -> ACCEPTOR.complete(handshake, type3, HERE));
        outcome.filter(Outcome.Accepted.class::isInstance).ifPresent(accepted -> assertRight(type1, type2, type3));
        return outcome;
    }

    private static void assertRight(byte[] type1, byte[] type2, byte[] type3) {
        PlainReading reading = new PlainReading(type3, type2);
        byte[] serverChallenge = Arrays.copyOfRange(type2, 24, 32);
        try {
            assertThat(reading.user()).isEqualToIgnoringCase("alice");
            assertThat(reading.proof()).isEqualTo(reading.proof(HASH, serverChallenge));
            int agreed = littleEndian(type2).getInt(20);
            TargetInformation said =
                    AuthenticateMessage.read(type3, agreed).response().target();
            if (said.get(TargetInformation.FLAGS)
                    .filter(flags -> (flags[0] & 2) != 0)
                    .isPresent()) {
                assertThat(reading.mic()).isEqualTo(reading.mic(HASH, type1, type2));
            }
        } catch (GeneralSecurityException | MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    private static void assertWrittenUnchanged(TargetInformation read) {
        assertThat(readOrRefused(() -> TargetInformation.read(read.bytes(), 0))
                        .orElseThrow()
                        .bytes())
                .isEqualTo(read.bytes());
    }

    private static <T> Optional<T> readOrRefused(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (MalformedMessage refused) {
            assertThat(refused.why()).matches("[ -~]{1,100}");
            return Optional.empty();
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
