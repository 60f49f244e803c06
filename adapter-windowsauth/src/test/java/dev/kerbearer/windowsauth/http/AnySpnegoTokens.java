package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.http.NtlmSignIn.Half;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import dev.kerbearer.windowsauth.spnego.SpnegoOffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rules for every SPNEGO token that a client sends, and for every sequence of them. */
final class AnySpnegoTokens {

    private static final int MOST_TOKENS = 8;
    private static final int MOST_KEPT = 3 * 1024;
    private static final Peer HERE = SomePeer.on("a connection", Optional.of("127.0.0.1"));

    private AnySpnegoTokens() {}

    /** Reads a token. */
    @FunctionalInterface
    private interface Reading {
        Object read(byte[] token) throws MalformedToken;
    }

    /** Uses the input as one token, and as a sequence of tokens, each after its length. */
    static void check(byte[] input) {
        readOrRefused(SpnegoOffer::read, input);
        readOrRefused(SpnegoAnswer::read, input);
        steps(List.of(input));
        steps(sequence(input));
    }

    /** Returns the outcome of the last token of a sequence. */
    static SignInStep lastStep(byte[] input) {
        List<SignInStep> steps = steps(sequence(input));
        return steps.get(steps.size() - 1);
    }

    private static List<byte[]> sequence(byte[] input) {
        List<byte[]> sequence = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.remaining() >= 2 && sequence.size() < MOST_TOKENS) {
            byte[] token = new byte[Math.min(Short.toUnsignedInt(rest.getShort()), rest.remaining())];
            rest.get(token);
            sequence.add(token);
        }
        return sequence;
    }

    private static List<SignInStep> steps(List<byte[]> tokens) {
        underNtlm(tokens);
        HalfOpen<Half> halfOpen = new HalfOpen<>(() -> Instant.EPOCH);
        NtlmSignIn signIn = AliceSignsIn.with(halfOpen);
        List<SignInStep> steps = new ArrayList<>();
        for (byte[] token : tokens) {
            Offer offer = Offer.of(Scheme.NEGOTIATE, token);
            if (offer.isForNtlm()) {
                SignInStep step = SignInStep.taken(() -> signIn.take(HERE, offer));
                assertThat(halfOpen.size()).isEqualTo(step instanceof SignInStep.Continue ? 1 : 0);
                halfOpen.take(HERE.connection()).ifPresent(half -> {
                    assertThat(KeptBytes.of(half)).isLessThan(MOST_KEPT);
                    halfOpen.keep(HERE.connection(), HERE.address(), half);
                });
                assertWellFormed(Scheme.NEGOTIATE, step);
                steps.add(step);
            }
        }
        return steps;
    }

    /** The scheme NTLM accepts a token of any mechanism. */
    private static void underNtlm(List<byte[]> tokens) {
        HalfOpen<Half> halfOpen = new HalfOpen<>(() -> Instant.EPOCH);
        NtlmSignIn signIn = AliceSignsIn.with(halfOpen);
        for (byte[] token : tokens) {
            Offer offer = Offer.of(Scheme.NTLM, token);
            assertWellFormed(Scheme.NTLM, SignInStep.taken(() -> signIn.take(HERE, offer)));
            halfOpen.take(HERE.connection()).ifPresent(half -> {
                assertThat(KeptBytes.of(half)).isLessThan(MOST_KEPT);
                halfOpen.keep(HERE.connection(), HERE.address(), half);
            });
        }
    }

    private static void assertWellFormed(Scheme scheme, SignInStep step) {
        Optional<byte[]> reply = Optional.empty();
        if (step instanceof SignInStep.Failed failed) {
            assertThat(failed.refusal().description()).matches("(Authentication failed: )?[ -~]{1,100}");
        } else if (step instanceof SignInStep.Continue next) {
            reply = Optional.of(next.token());
        } else if (step instanceof SignInStep.Established established) {
            assertThat(established.signIn().caller().identity()).isEqualTo(AliceSignsIn.ALICE);
            reply = AliceSignsIn.reply(scheme, established);
        }
        reply.filter(SpnegoAnswer::isBegunBy).ifPresent(SpnegoClient::tokenIn);
    }

    /** Reads strictly: a token with one byte more or less at its end is refused. */
    private static void readOrRefused(Reading reading, byte[] token) {
        try {
            reading.read(token);
        } catch (MalformedToken refused) {
            assertThat(refused.getMessage()).matches("[ -~]{1,100}");
            return;
        }
        assertThatThrownBy(() -> reading.read(Arrays.copyOf(token, token.length + 1)))
                .isInstanceOf(MalformedToken.class);
        assertThatThrownBy(() -> reading.read(Arrays.copyOf(token, token.length - 1)))
                .isInstanceOf(MalformedToken.class);
    }
}
