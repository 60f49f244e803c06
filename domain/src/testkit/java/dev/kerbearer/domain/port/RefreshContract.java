package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.port.StorageSamples.BEARER;
import static dev.kerbearer.domain.port.StorageSamples.KEYS;
import static dev.kerbearer.domain.port.StorageSamples.LONG;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.event;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.successorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenPair;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.port.Expiring.Expired;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link Grants} for replacing refresh tokens, and of {@link Expiring} for their links. */
public interface RefreshContract extends StoragePorts {

    @Test
    default void aRefreshTokenIsReplacedOnceAndTheGrantLivesOn() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        assertThat(state(presented)).contains(State.LIVE);
        Successor successor = successorOf(presented);
        Grant next = issued.grant().refreshed(NOW);
        assertThat(rotate(presented, next, successor, LONG)).isEqualTo(new Rotation.Rotated(next));
        assertThat(state(presented)).contains(State.REPEATABLE);
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.LIVE);
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .contains(next);
        assertThat(find(issued)).as("for requests in flight").contains(issued.grant());
        assertThat(auditLines()).containsExactly(event(issued), AuditEvent.refreshed(REFRESH, next));
    }

    @Test
    default void aNodeWhoseClockIsBehindCanRefresh() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(issued.grant().issuedAt().minusSeconds(2));
        assertThat(next.accessIssuedAt()).isEqualTo(issued.grant().issuedAt());
        assertThat(rotate(presented, next, successorOf(presented), LONG)).isEqualTo(new Rotation.Rotated(next));
    }

    /** Many clients, thieves and administrators act on a few grants at the same time, over real connections. */
    @Test
    default void randomCallsOfManyThreadsLeaveOneLivePairOrNone() throws Exception {
        long seed = System.nanoTime();
        List<HeavilyUsedGrant> used = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            IssuedGrant issued = grant();
            issue(issued, "heavily used " + i);
            used.add(new HeavilyUsedGrant(this, issued));
        }
        List<Callable<Void>> calls = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            SplittableRandom random = new SplittableRandom(seed + thread);
            calls.add(() -> {
                for (int i = 0; i < 60; i++) {
                    used.get(random.nextInt(used.size())).use(random);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }
        used.forEach(grant -> grant.assertConsistent("seed " + seed));
    }

    @Test
    default void withinTheLeewayTheLivePairIsFoundAfterSeveralRotations() {
        IssuedGrant issued = issued("a");
        TokenSecret first = issued.tokens().refresh().orElseThrow();
        TokenPair live = issued.tokens();
        Grant grant = issued.grant();
        for (int i = 1; i <= 3; i++) {
            TokenSecret presented = live.refresh().orElseThrow();
            Successor successor = successorOf(presented);
            grant = grant.refreshed(NOW.plusSeconds(i));
            rotate(presented, grant, successor, LONG);
            live = successor.tokens();
        }
        Rotation again = rotate(first, grant.refreshed(NOW.plusSeconds(9)), successorOf(first), LONG);
        assertThat(again)
                .isInstanceOfSatisfying(
                        Rotation.Repeated.class,
                        repeated -> assertThat(repeated.links()).hasSize(3));
        Rotation.Repeated repeated = (Rotation.Repeated) again;
        assertThat(repeated.grant()).isEqualTo(grant);
        TokenPair derived = Successor.follow(first.reveal(), TokenFormat.OPAQUE, repeated.links(), KEYS)
                .orElseThrow();
        assertThat(derived.access().digest()).isEqualTo(live.access().digest());
        assertThat(derived.refresh().orElseThrow().digest())
                .isEqualTo(live.refresh().orElseThrow().digest());
        AuditEvent line = AuditEvent.repeated(REFRESH, grant);
        auditLog().write(line);
        assertThat(auditLines()).last().isEqualTo(line);
    }

    @Test
    default void onlyOneOfManySimultaneousRotationsReplacesAndTheOthersFindThePair() throws Exception {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(NOW);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(() -> {
                Successor successor = successorOf(presented);
                Rotation rotation = rotate(presented, next, successor, LONG);
                TokenPair answer = rotation instanceof Rotation.Repeated repeated
                        ? Successor.follow(presented.reveal(), TokenFormat.OPAQUE, repeated.links(), KEYS)
                                .orElseThrow()
                        : successor.tokens();
                return rotation.getClass().getSimpleName() + " "
                        + answer.access().reveal();
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("Rotated"))
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("Repeated"))
                    .hasSize(31);
            assertThat(answers.stream().map(answer -> answer.replaceFirst(".* ", "")))
                    .as("one pair for all")
                    .containsOnly(answers.get(0).replaceFirst(".* ", ""));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    default void afterTheLeewayAReplacedTokenEndsTheGrantOnce() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        Grant next = issued.grant().refreshed(NOW);
        rotate(presented, next, successor, Duration.ZERO);
        assertThat(state(presented)).contains(State.REUSED);
        assertThat(find(issued)).as("its access token is invalid too").isEmpty();
        assertThat(rotate(presented, next, successorOf(presented), LONG)).isEqualTo(new Rotation.Reused());
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .as("detection alone does not end the grant")
                .isPresent();
        assertThat(grants().endReused(presented.digest(), REFRESH)).isTrue();
        assertThat(grants().endReused(presented.digest(), REFRESH)).isFalse();
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .isEmpty();
        assertThat(state(presented)).contains(State.ENDED);
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(rotate(
                        successor.tokens().refresh().orElseThrow(),
                        next,
                        successorOf(successor.tokens().refresh().orElseThrow()),
                        LONG))
                .isEqualTo(new Rotation.Unknown());
        assertThat(auditLines()).last().isEqualTo(AuditEvent.reused(REFRESH, next));
    }

    @Test
    default void aLiveOrRepeatableTokenIsNoReuse() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        assertThat(grants().endReused(presented.digest(), REFRESH)).isFalse();
        rotate(presented, issued.grant().refreshed(NOW), successorOf(presented), LONG);
        assertThat(grants().endReused(presented.digest(), REFRESH)).isFalse();
    }

    @Test
    default void anAccessTokenIsAnUnknownRefreshToken() {
        IssuedGrant issued = issued("a");
        assertThat(grants().findByRefreshToken(issued.tokens().access().digest()))
                .isEmpty();
        TokenSecret access = issued.tokens().access();
        assertThat(rotate(access, issued.grant().refreshed(NOW), successorOf(access), LONG))
                .isEqualTo(new Rotation.Unknown());
    }

    @Test
    default void anExpiredGrantIsNotRefreshed() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant late = issued.grant().refreshed(issued.grant().refreshUntil().minusSeconds(1));
        Grant over = new Grant(
                late.id(),
                late.identity(),
                late.client(),
                late.scope(),
                true,
                late.form(),
                late.issuedAt(),
                late.refreshUntil(),
                late.refreshUntil(),
                late.refreshUntil());
        assertThat(rotate(presented, over, successorOf(presented), LONG)).isEqualTo(new Rotation.Unknown());
        assertThat(rotate(presented, late, successorOf(presented), LONG)).isEqualTo(new Rotation.Rotated(late));
    }

    @Test
    default void revokingByTheFormerAccessTokenEndsTheGrantToo() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        rotate(presented, issued.grant().refreshed(NOW), successor, LONG);
        assertThat(grants().revoke(issued.tokens().access().digest(), BEARER))
                .hasValueSatisfying(
                        ended -> assertThat(ended.id()).isEqualTo(issued.grant().id()));
        assertThat(find(issued)).isEmpty();
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .isEmpty();
        assertThat(state(presented)).contains(State.ENDED);
    }

    @Test
    default void endingAGrantWritesOneLine() {
        IssuedGrant issued = issued("a");
        grants().end(issued.grant(), Ending.SIGN_IN_REFUSED, REFRESH);
        grants().end(issued.grant(), Ending.SIGN_IN_REFUSED, REFRESH);
        assertThat(find(issued)).isEmpty();
        assertThat(auditLines())
                .containsExactly(event(issued), AuditEvent.ended(REFRESH, Ending.SIGN_IN_REFUSED, issued.grant()));
    }

    @Test
    default void linksAreForgottenWhenTheirLeewayIsOver() {
        IssuedGrant issued = issued("a");
        TokenSecret first = issued.tokens().refresh().orElseThrow();
        Successor second = successorOf(first);
        Grant grant = issued.grant().refreshed(NOW);
        rotate(first, grant, second, Duration.ofMillis(1));
        TokenSecret presented = second.tokens().refresh().orElseThrow();
        rotate(presented, grant, successorOf(presented), LONG);
        while (state(first).orElseThrow() != State.REUSED) {
            Thread.onSpinWait();
        }
        assertThat(expiring().forget(new Expired.Links(), 10)).isEqualTo(1);
        assertThat(expiring().forget(new Expired.Links(), 10)).isZero();
        assertThat(state(first)).as("the oldest token is still recognised").contains(State.REUSED);
        assertThat(rotate(presented, grant, successorOf(presented), LONG)).isInstanceOf(Rotation.Repeated.class);
    }
}
