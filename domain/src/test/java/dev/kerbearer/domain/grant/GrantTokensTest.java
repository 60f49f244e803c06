package dev.kerbearer.domain.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.GrantTokens.FormerAccess;
import dev.kerbearer.domain.grant.GrantTokens.ReplacedRefresh;
import dev.kerbearer.domain.grant.GrantTokens.Step;
import dev.kerbearer.domain.integration.GrantTerms;
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
import org.junit.jupiter.api.Test;

/** Edge cases of the state machine that random lives seldom reach. */
class GrantTokensTest {

    private static final Instant ISSUED = Instant.parse("2026-11-09T21:07:25Z");
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final ServerKeys KEYS = new ServerKeys(ServerKey.of(new byte[32]), List.of());
    private static final SecureRandom RANDOM = new SecureRandom();

    private final IssuedGrant issued = Grant.issue(
            ALICE,
            CLIENT,
            Scope.parse("ssh"),
            new GrantTerms(Validity.ofSeconds(100), Validity.ofSeconds(1000), true),
            ISSUED,
            RANDOM::nextBytes);
    private final List<TokenSecret> refreshTokens =
            new ArrayList<>(List.of(issued.tokens().refresh().orElseThrow()));
    private GrantTokens tokens = GrantTokens.of(issued);

    @Test
    void aRefreshedAccessTokenLivesAsLongAsTheOneBeforeItButNotPastTheGrant() {
        Grant early = issued.grant().refreshed(ISSUED.plusSeconds(10).plusMillis(999));
        assertThat(early.accessIssuedAt()).isEqualTo(ISSUED.plusSeconds(10));
        assertThat(early.accessExpires()).isEqualTo(ISSUED.plusSeconds(110));
        assertThat(early.refreshUntil()).isEqualTo(ISSUED.plusSeconds(1000));
        assertThat(issued.grant().refreshed(ISSUED.plusSeconds(950)).accessExpires())
                .isEqualTo(ISSUED.plusSeconds(1000));
    }

    @Test
    void aReplacedAccessTokenIsGoodThroughTheLeewayButNeverPastItsOwnEnd() {
        refresh(ISSUED.plusSeconds(10), LEEWAY);
        assertThat(tokens.former().map(FormerAccess::goodUntil)).contains(ISSUED.plusSeconds(40));
        tokens = GrantTokens.of(issued);
        refreshTokens.subList(1, refreshTokens.size()).clear();
        refresh(ISSUED.plusSeconds(90), LEEWAY);
        assertThat(tokens.former().map(FormerAccess::goodUntil)).contains(ISSUED.plusSeconds(100));
    }

    @Test
    void withoutALeewayNoLinkToTheSuccessorIsKept() {
        refresh(ISSUED, Duration.ZERO);
        assertThat(tokens.replaced()).singleElement().satisfies(old -> {
            assertThat(old.link()).isEmpty();
            assertThat(old.repeatableUntil()).isEqualTo(ISSUED);
        });
        assertThat(present(0, ISSUED)).isEqualTo(new Rotation.Reused());
    }

    @Test
    void aChainWithAnExpiredLinkCannotBeFollowed() {
        refresh(ISSUED, Duration.ofSeconds(60));
        refresh(ISSUED, Duration.ofSeconds(5));
        assertThat(present(0, ISSUED.plusSeconds(4))).isInstanceOf(Rotation.Repeated.class);
        assertThat(present(0, ISSUED.plusSeconds(5))).isEqualTo(new Rotation.Unrepeatable());
    }

    @Test
    void aDeletedLinkCannotBeFollowed() {
        refresh(ISSUED, LEEWAY);
        ReplacedRefresh old = tokens.replaced().get(0);
        tokens = new GrantTokens(
                tokens.grant(),
                tokens.access(),
                tokens.refresh(),
                tokens.former(),
                List.of(new ReplacedRefresh(old.token(), old.repeatableUntil(), Optional.empty())),
                false);
        assertThat(present(0, ISSUED)).isEqualTo(new Rotation.Unrepeatable());
    }

    @Test
    void aRepeatFollowsAtMost64LinksAndChangesNothing() {
        for (int i = 0; i < 65; i++) {
            refresh(ISSUED, LEEWAY);
        }
        assertThat(present(1, ISSUED))
                .isInstanceOfSatisfying(
                        Rotation.Repeated.class,
                        repeated -> assertThat(repeated.links()).hasSize(64));
        assertThat(present(0, ISSUED)).isEqualTo(new Rotation.Unrepeatable());
    }

    private void refresh(Instant at, Duration leeway) {
        String live = refreshTokens.get(refreshTokens.size() - 1).reveal();
        Successor successor = Successor.of(live, TokenFormat.OPAQUE, KEYS, RANDOM::nextBytes);
        Step step = tokens.rotate(TokenDigest.ofPresented(live), tokens.grant().refreshed(at), successor, leeway, at);
        assertThat(step.outcome()).isInstanceOf(Rotation.Rotated.class);
        tokens = step.after();
        refreshTokens.add(successor.tokens().refresh().orElseThrow());
    }

    /** Presents an old token, which changes nothing. */
    private Rotation present(int index, Instant at) {
        TokenSecret presented = refreshTokens.get(index);
        Successor successor = Successor.of(presented.reveal(), TokenFormat.OPAQUE, KEYS, RANDOM::nextBytes);
        Step step = tokens.rotate(presented.digest(), tokens.grant().refreshed(at), successor, LEEWAY, at);
        assertThat(step.after()).isEqualTo(tokens);
        return step.outcome();
    }
}
