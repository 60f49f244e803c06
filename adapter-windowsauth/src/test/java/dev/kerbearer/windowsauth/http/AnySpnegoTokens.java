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

/** What holds of every token of SPNEGO that a client sends, and of every row of them. */
final class AnySpnegoTokens {

    private static final int MOST_TOKENS = 8;
    private static final int MOST_KEPT = 3 * 1024;
    private static final Peer HERE = SomePeer.on("a connection", Optional.of("127.0.0.1"));

    private AnySpnegoTokens() {}

    /** Something that reads. */
    @FunctionalInterface
    private interface Reading {
        Object read(byte[] token) throws MalformedToken;
    }

    /** The input is taken for one token, and for a row of them: each its length and itself. */
    static void check(byte[] input) {
        readOrRefused(SpnegoOffer::read, input);
        readOrRefused(SpnegoAnswer::read, input);
        steps(List.of(input));
        steps(row(input));
    }

    /** What comes of the last token of a row. */
    static SignInStep lastStep(byte[] input) {
        List<SignInStep> steps = steps(row(input));
        return steps.get(steps.size() - 1);
    }

    private static List<byte[]> row(byte[] input) {
        List<byte[]> row = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.remaining() >= 2 && row.size() < MOST_TOKENS) {
            byte[] token = new byte[Math.min(Short.toUnsignedInt(rest.getShort()), rest.remaining())];
            rest.get(token);
            row.add(token);
        }
        return row;
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
                assertWellSaid(Scheme.NEGOTIATE, step);
                steps.add(step);
            }
        }
        return steps;
    }

    /** Under the scheme NTLM every token is taken, whatever it is for. */
    private static void underNtlm(List<byte[]> tokens) {
        HalfOpen<Half> halfOpen = new HalfOpen<>(() -> Instant.EPOCH);
        NtlmSignIn signIn = AliceSignsIn.with(halfOpen);
        for (byte[] token : tokens) {
            Offer offer = Offer.of(Scheme.NTLM, token);
            assertWellSaid(Scheme.NTLM, SignInStep.taken(() -> signIn.take(HERE, offer)));
            halfOpen.take(HERE.connection()).ifPresent(half -> {
                assertThat(KeptBytes.of(half)).isLessThan(MOST_KEPT);
                halfOpen.keep(HERE.connection(), HERE.address(), half);
            });
        }
    }

    private static void assertWellSaid(Scheme scheme, SignInStep step) {
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

    /** Strictly: a token with a byte more or less at its end is another. */
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
