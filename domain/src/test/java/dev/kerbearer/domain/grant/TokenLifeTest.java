package dev.kerbearer.domain.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.GrantTokens.Step;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the state machine through random interleavings of refresh, reuse, revocation, expiry and clean-up. The expected
 * result follows from the history of the tokens alone: which pair is the live one, and when each other was replaced.
 */
class TokenLifeTest {

    private static final int LIVES = 400;
    private static final int STEPS = 60;
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final ServerKeys KEYS = new ServerKeys(ServerKey.of(new byte[32]), List.of());

    static Stream<Long> seeds() {
        return Stream.of(1L, System.nanoTime());
    }

    /** A pair that was once answered. */
    private record Answered(TokenPair tokens, Instant replacedAt, Instant accessExpires) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noInterleavingBreaksTheRules(long seed) {
        int repeated = 0;
        int reused = 0;
        SplittableRandom random = new SplittableRandom(seed);
        for (int life = 0; life < LIVES; life++) {
            Life grant = new Life(random);
            for (int step = 0; step < STEPS; step++) {
                grant.step();
                grant.assertInvariants();
            }
            repeated += grant.repeated;
            reused += grant.reused;
        }
        assertThat(repeated).as("repeated answers that were seen").isGreaterThan(LIVES);
        assertThat(reused).as("reuses that were seen").isGreaterThan(LIVES / 10);
    }

    /** One grant, and all its token pairs so far. */
    private static final class Life {

        private final SplittableRandom random;
        private final TokenForm form;
        private final List<Answered> history = new ArrayList<>();
        private Instant now = NOW;
        private GrantTokens tokens;
        private Instant liveSince = NOW;
        private boolean ended;
        private int repeated;
        private int reused;

        Life(SplittableRandom random) {
            this.random = random;
            GrantTerms terms = new GrantTerms(Validity.ofSeconds(90), Validity.ofSeconds(1200), true);
            form = random.nextBoolean() ? TokenForm.OPAQUE : new TokenForm(TokenFormat.JWT, Optional.empty());
            IssuedGrant issued = Grant.issue(
                    ALICE,
                    CLIENT,
                    Scope.parse("ssh"),
                    terms,
                    form,
                    Optional.empty(),
                    now,
                    new SecureRandom()::nextBytes);
            tokens = GrantTokens.of(issued);
            remember(issued.tokens());
        }

        private void remember(TokenPair pair) {
            if (!history.isEmpty()) {
                Answered before = history.remove(history.size() - 1);
                history.add(new Answered(before.tokens(), now, before.accessExpires()));
            }
            history.add(new Answered(pair, Instant.MAX, tokens.grant().accessExpires()));
            liveSince = now;
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 -> now = now.plusSeconds(random.nextInt(1, 60));
                case 1, 2, 3 -> now = now.plusMillis(random.nextInt(1, 12_000));
                case 4 -> tokens = tokens.withoutOldLinks(now);
                case 5 -> revokeSometimes();
                default -> refresh(pick());
            }
        }

        private void revokeSometimes() {
            if (random.nextInt(6) == 0) {
                tokens = tokens.end();
                ended = true;
            }
        }

        /** Picks mostly one of the newest tokens, like a client, and sometimes an old one, like a thief. */
        private int pick() {
            int back = random.nextInt(12) == 0
                    ? random.nextInt(history.size())
                    : random.nextInt(Math.min(3, history.size()));
            return history.size() - 1 - back;
        }

        private void refresh(int index) {
            TokenSecret presented = history.get(index).tokens().refresh().orElseThrow();
            Successor successor = Successor.of(presented.reveal(), form.format(), KEYS, new SecureRandom()::nextBytes);
            Grant next = tokens.grant().refreshed(now);
            Step step = tokens.rotate(presented.digest(), next, successor, LEEWAY, now);
            boolean over =
                    ended || !next.accessIssuedAt().isBefore(tokens.grant().refreshUntil());
            boolean live = index == history.size() - 1;
            boolean withinLeeway =
                    !live && now.isBefore(history.get(index).replacedAt().plus(LEEWAY));
            Rotation outcome = step.outcome();
            if (!live || over) {
                assertThat(step.after()).as("nothing changes").isEqualTo(tokens);
            }
            if (over) {
                assertThat(outcome).isEqualTo(new Rotation.Unknown());
            } else if (live) {
                assertThat(outcome).isEqualTo(new Rotation.Rotated(next));
                tokens = step.after();
                remember(successor.tokens());
            } else if (withinLeeway) {
                assertAnsweredAgain(presented, outcome, index);
                repeated++;
            } else {
                assertThat(outcome).isEqualTo(new Rotation.Reused());
                tokens = tokens.end();
                ended = true;
                reused++;
            }
        }

        private void assertAnsweredAgain(TokenSecret presented, Rotation outcome, int index) {
            if (history.size() - 1 - index > Successor.MOST_LINKS) {
                assertThat(outcome).isEqualTo(new Rotation.Unrepeatable());
                return;
            }
            assertThat(outcome).isInstanceOf(Rotation.Repeated.class);
            TokenPair again = Successor.follow(
                            presented.reveal(), form.format(), ((Rotation.Repeated) outcome).links(), KEYS)
                    .orElseThrow();
            TokenPair live = history.get(history.size() - 1).tokens();
            assertThat(again.access().reveal()).isEqualTo(live.access().reveal());
            assertThat(again.refresh().orElseThrow().reveal())
                    .isEqualTo(live.refresh().orElseThrow().reveal());
        }

        void assertInvariants() {
            int last = history.size() - 1;
            int liveRefresh = 0;
            for (int i = 0; i <= last; i++) {
                Answered answered = history.get(i);
                Optional<State> refresh =
                        tokens.stateOf(answered.tokens().refresh().orElseThrow().digest(), now);
                boolean access = tokens.ofAccessToken(answered.tokens().accessDigest(), now)
                        .filter(grant -> grant.accessIsLiveAt(now))
                        .isPresent();
                boolean former =
                        i == last - 1 && now.isBefore(liveSince.plus(LEEWAY)) && now.isBefore(answered.accessExpires());
                boolean current = i == last && now.isBefore(answered.accessExpires());
                assertThat(access)
                        .as("an access token is good while it is live, or was replaced last and within the leeway")
                        .isEqualTo(!ended && (current || former));
                liveRefresh += refresh.equals(Optional.of(State.LIVE)) ? 1 : 0;
                assertThat(refresh).as("even the oldest token is recognised").isPresent();
            }
            assertThat(liveRefresh)
                    .as("one live pair, or none once the grant has ended")
                    .isEqualTo(ended ? 0 : 1);
            tokens.withoutOldLinks(now)
                    .replaced()
                    .forEach(token -> assertThat(token.link().isPresent())
                            .as("no derivation once the nonce is gone")
                            .isEqualTo(now.isBefore(token.repeatableUntil())));
        }
    }
}
