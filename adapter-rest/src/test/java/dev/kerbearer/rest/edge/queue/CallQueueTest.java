package dev.kerbearer.rest.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.rest.edge.queue.SimulatedNode.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bursts and overloads, on a clock that the test moves. */
class CallQueueTest {

    private static final Duration ANSWER = Duration.ofMillis(8);

    private final SimulatedNode node = new SimulatedNode(new SharedPlaces(8));

    @Test
    void fiveHundredCallsAtOnceOnAColdNodeAreAllAnswered() {
        for (int i = 0; i < 500; i++) {
            // The first calls take a second to compile code and open connections. Later calls take less and less.
            node.call(CallKind.SIGN_IN, Duration.ofMillis(Math.max(60, 1000 - 20L * i)));
        }
        node.pass(Duration.ofSeconds(10));
        assertThat(node.letIn()).hasSize(500);
        assertThat(node.refused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 64})
    void sixteenClientsThatCallInALoopFromTheStartSeeNoRefusal(int places) {
        SimulatedNode fresh = new SimulatedNode(new SharedPlaces(places));
        for (int i = 0; i < 16; i++) {
            loop(fresh, 100);
        }
        fresh.pass(Duration.ofSeconds(20));
        assertThat(fresh.letIn()).hasSizeGreaterThan(2 * QueuePolicy.WARM);
        assertThat(fresh.refused()).isEmpty();
    }

    /** @param cold how many of the first calls to the node take long */
    private static void loop(SimulatedNode node, int cold) {
        Duration takes = node.all.size() < cold ? Duration.ofMillis(400) : ANSWER;
        node.call(CallKind.SIGN_IN, takes, () -> loop(node, cold));
    }

    @Test
    void theFirstThousandCallsAreAnsweredAndTheRestAreRefusedSoon() {
        for (int i = 0; i < 8 + 1500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        node.pass(Duration.ofSeconds(10));
        List<Call> first = node.all.subList(0, 8 + QueuePolicy.BURST);
        assertThat(first).allMatch(Call::isLetIn);
        List<Call> beyond = new ArrayList<>(node.all.subList(8 + QueuePolicy.BURST, node.all.size()));
        assertThat(beyond).filteredOn(Call::isRefused).hasSizeGreaterThan(400);
        assertThat(beyond).allSatisfy(call -> assertThat(call.waited()).isLessThan(Duration.ofMillis(300)));
    }

    @Test
    void theFirstThousandOfAColdNodeWaitForTenSeconds() {
        hold(8);
        QueuedCall<Call> waiting = node.call(CallKind.CHECK);
        node.pass(Duration.ofMillis(9_900));
        assertThat(waiting.call().isRefused()).isFalse();
        node.pass(Duration.ofMillis(200));
        assertThat(waiting.call().isRefused()).isTrue();
    }

    @Test
    void aWarmNodeShortensTheWaitAfterTwoSecondsOfQueue() {
        node.warmUp();
        hold(8);
        QueuedCall<Call> first = node.call(CallKind.CHECK);
        node.pass(Duration.ofMillis(1_900));
        assertThat(first.call().isRefused()).isFalse();
        node.pass(Duration.ofMillis(200));
        assertThat(first.call().isRefused()).isTrue();
        QueuedCall<Call> next = node.call(CallKind.CHECK);
        node.pass(Duration.ofMillis(300));
        assertThat(next.call().isRefused()).isTrue();
    }

    @Test
    void anEmptyQueueIsNoOverload() {
        node.warmUp();
        hold(8);
        node.pass(Duration.ofSeconds(30));
        QueuedCall<Call> first = node.call(CallKind.CHECK);
        node.pass(Duration.ofMillis(1_900));
        assertThat(first.call().isRefused()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void inAnOverloadRefreshAndRevokeWaitForASecond(CallKind kind) {
        hold(8);
        overload();
        QueuedCall<Call> call = node.call(kind);
        node.pass(Duration.ofMillis(300));
        assertThat(call.call().isRefused()).isEqualTo(kind != CallKind.CHANGE);
        node.pass(Duration.ofMillis(600));
        assertThat(call.call().isRefused()).isEqualTo(kind != CallKind.CHANGE);
        node.pass(Duration.ofMillis(200));
        assertThat(call.call().isRefused()).isTrue();
    }

    @Test
    void inAnOverloadANewCallDisplacesTheOldestOfAFullQueue() {
        hold(8);
        overload();
        List<QueuedCall<Call>> queued = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            queued.add(node.call(CallKind.CHECK));
        }
        assertThat(queued.get(0).call().isRefused()).isTrue();
        assertThat(queued.subList(1, 9)).noneMatch(call -> call.call().isRefused());
    }

    @Test
    void noKindOfCallStarvesAnother() {
        List<QueuedCall<Call>> inside = hold(8);
        overload();
        QueuedCall<Call> refresh = node.call(CallKind.CHANGE);
        QueuedCall<Call> verify = node.call(CallKind.CHECK);
        for (int i = 0; i < 100; i++) {
            node.call(CallKind.SIGN_IN);
        }
        inside.subList(0, 4).forEach(node::leave);
        assertThat(refresh.call().isLetIn()).isTrue();
        assertThat(verify.call().isLetIn()).isTrue();
        assertThat(node.all)
                .filteredOn(Call::isLetIn)
                .as("one call of the burst is let in too")
                .contains(node.all.get(8));
    }

    @Test
    void atTwiceTheLoadAnsweredCallsHardlyWait() {
        node.warmUp();
        Random random = new Random(20261130);
        arrive(random, 2, Duration.ofSeconds(20));
        node.pass(Duration.ofSeconds(21));
        List<Call> fromThirdSecond =
                node.all.stream().filter(call -> call.cameAt().toSeconds() >= 2).toList();
        List<Duration> waits = fromThirdSecond.stream()
                .filter(Call::isLetIn)
                .map(Call::waited)
                .sorted()
                .toList();
        assertThat(waits.size()).isGreaterThan(fromThirdSecond.size() * 45 / 100);
        assertThat(waits.get(waits.size() * 99 / 100)).isLessThan(ANSWER);
        assertThat(waits.get(waits.size() - 1)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void anOverloadEndsAtEightyPercentLoadDespiteARandomRefusal() {
        for (int i = 0; i < 8 + 1500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        arrive(new Random(20261130), 0.8, Duration.ofSeconds(40));
        node.pass(Duration.ofSeconds(20));
        node.all.clear();
        node.pass(Duration.ofSeconds(21));
        assertThat(node.letIn()).hasSizeGreaterThan(10_000);
        assertThat(node.refused()).isEmpty();
    }

    /** Calls arrive at random moments, at {@code load} times the rate that eight places can handle. */
    private void arrive(Random random, double load, Duration left) {
        Duration next = Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * ANSWER.toNanos() / (8 * load)));
        if (left.compareTo(next) > 0) {
            node.later(next, () -> {
                node.call(CallKind.SIGN_IN, Duration.ofNanos((long) (ANSWER.toNanos() * (0.5 + random.nextDouble()))));
                arrive(random, load, left.minus(next));
            });
        }
    }

    @Test
    void afterAnOverloadABurstWaitsAgain() {
        for (int i = 0; i < 8 + 1500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        node.pass(Duration.ofSeconds(10));
        node.all.clear();
        for (int i = 0; i < 500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        node.pass(Duration.ofSeconds(10));
        assertThat(node.letIn()).hasSize(500);
    }

    @Test
    void aPauseEndsAnOverload() {
        List<QueuedCall<Call>> inside = hold(8);
        List<QueuedCall<Call>> others = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            others.add(node.call(CallKind.SIGN_IN));
        }
        others.forEach(node::leave);
        inside.forEach(node::leave);
        node.pass(Duration.ofSeconds(5));
        node.all.clear();
        for (int i = 0; i < 500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        node.pass(Duration.ofSeconds(5));
        assertThat(node.letIn()).hasSize(500);
    }

    @Test
    void clientsThatCallAgainAtOnceDoNotKeepAnOverloadAlive() {
        for (int i = 0; i < 8 + 1500; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
        }
        for (int i = 0; i < 16; i++) {
            loop(node, 0);
        }
        node.pass(Duration.ofSeconds(10));
        node.all.clear();
        node.pass(Duration.ofSeconds(10));
        assertThat(node.letIn()).hasSizeGreaterThan(1000);
        assertThat(node.refused()).isEmpty();
    }

    @Test
    void atMostAThousandCallsWait() {
        for (int i = 0; i < 20_000; i++) {
            node.call(CallKind.SIGN_IN, ANSWER);
            if (i % 100 == 0) {
                node.pass(Duration.ofMillis(1));
            }
            assertThat(node.waiting()).isLessThanOrEqualTo(QueuePolicy.BURST + 8);
        }
    }

    @Test
    void aHangingSignInLeavesItsPlaceToTokenCalls() {
        hold(8, CallKind.SIGN_IN);
        QueuedCall<Call> signIn = node.call(CallKind.SIGN_IN);
        QueuedCall<Call> verify = node.call(CallKind.CHECK);
        QueuedCall<Call> refresh = node.call(CallKind.CHANGE);
        node.pass(Duration.ofMillis(900));
        assertThat(verify.call().isLetIn()).isFalse();
        node.pass(Duration.ofMillis(200));
        assertThat(verify.call().isLetIn()).isTrue();
        assertThat(refresh.call().isLetIn()).isTrue();
        assertThat(signIn.call().isLetIn())
                .as("another sign-in would hang as well")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void hangingSignInsDoNotBlockOthersDuringAStreamOfVerifications(int hanging) {
        hold(hanging, CallKind.SIGN_IN);
        node.pass(Duration.ofMillis(1_100));
        for (int i = 0; i < 16; i++) {
            verifyInALoop();
        }
        node.pass(Duration.ofMillis(100));
        List<QueuedCall<Call>> signIns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            signIns.add(node.call(CallKind.SIGN_IN, ANSWER));
        }
        node.pass(Duration.ofSeconds(5));
        assertThat(signIns).allMatch(signIn -> signIn.call().isLetIn());
        assertThat(node.refused()).isEmpty();
    }

    private void verifyInALoop() {
        node.call(CallKind.CHECK, ANSWER, this::verifyInALoop);
    }

    @Test
    void anAddressWithHangingSignInsTakesNoPlaceFromAnother() {
        SimulatedNode signIns = new SimulatedNode(new PlacesByClient(6));
        ClientAddress hanging = new ClientAddress("10.0.0.66");
        for (int i = 0; i < 500; i++) {
            signIns.call(CallKind.PASSWORD_SIGN_IN, hanging);
        }
        assertThat(signIns.letIn()).hasSize(3);
        QueuedCall<Call> another = signIns.call(CallKind.PASSWORD_SIGN_IN, new ClientAddress("10.0.0.7"));
        assertThat(another.call().isLetIn()).isTrue();
        signIns.leave(another);
        assertThat(signIns.letIn())
                .as("the freed place is not for the hanging address")
                .hasSize(4);
    }

    @Test
    void callsOfOneAddressAreAnsweredInOrder() {
        SimulatedNode signIns = new SimulatedNode(new PlacesByClient(2));
        QueuedCall<Call> first = signIns.call(CallKind.PASSWORD_SIGN_IN);
        QueuedCall<Call> second = signIns.call(CallKind.PASSWORD_SIGN_IN);
        assertThat(second.call().isLetIn()).isFalse();
        signIns.leave(first);
        assertThat(second.call().isLetIn()).isTrue();
        signIns.leave(second);
        assertThat(signIns.call(CallKind.PASSWORD_SIGN_IN).call().isLetIn()).isTrue();
    }

    @Test
    void anAbandonedCallKeepsItsPlaceForAWhileIfTheDomainHangs() {
        SimulatedNode signIns = new SimulatedNode(new PlacesByClient(2));
        signIns.abandon(signIns.call(CallKind.PASSWORD_SIGN_IN));
        QueuedCall<Call> waiting = signIns.call(CallKind.PASSWORD_SIGN_IN);
        signIns.abandon(signIns.call(CallKind.PASSWORD_SIGN_IN));
        assertThat(signIns.waiting())
                .as("an abandoned call that waits leaves at once")
                .isEqualTo(1);
        signIns.pass(Duration.ofMillis(4_900));
        assertThat(waiting.call().isLetIn()).isFalse();
        signIns.pass(Duration.ofMillis(200));
        assertThat(waiting.call().isLetIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void thePlaceOfAnAbandonedCallIsFreeWhenItsWorkEnds(int times) {
        SimulatedNode signIns = new SimulatedNode(new PlacesByClient(2));
        for (int i = 0; i < times; i++) {
            QueuedCall<Call> gone = signIns.call(CallKind.PASSWORD_SIGN_IN);
            assertThat(gone.call().isLetIn()).isTrue();
            signIns.abandon(gone);
            signIns.leave(gone);
            signIns.leave(gone);
        }
        signIns.pass(Duration.ofSeconds(10));
        signIns.call(CallKind.PASSWORD_SIGN_IN);
        assertThat(signIns.call(CallKind.PASSWORD_SIGN_IN).call().isLetIn())
                .as("a second place for an address that has one")
                .isFalse();
    }

    @Test
    void anAbandonedTicketSignInStillCountsAsHanging() {
        List<QueuedCall<Call>> signIns = hold(8, CallKind.SIGN_IN);
        node.pass(Duration.ofMillis(1_100));
        signIns.forEach(node::abandon);
        assertThat(node.call(CallKind.CHECK).call().isLetIn()).isTrue();
        assertThat(node.call(CallKind.SIGN_IN).call().isLetIn())
                .as("another sign-in would hang as well")
                .isFalse();
    }

    @Test
    void everyMeterExistsFromTheStartAndCounts() {
        for (CallKind kind : CallKind.values()) {
            assertThat(meter("length", kind)).isZero();
            assertThat(meter("refused", kind)).isZero();
            assertThat(waits(kind)).isZero();
        }
        List<QueuedCall<Call>> inside = hold(8);
        node.call(CallKind.CHECK);
        QueuedCall<Call> gone = node.call(CallKind.CHECK);
        QueuedCall<Call> late = node.call(CallKind.CHECK);
        assertThat(meter("length", CallKind.CHECK)).isEqualTo(3);
        node.leave(inside.get(0));
        node.leave(gone);
        assertThat(meter("length", CallKind.CHECK)).isEqualTo(1);
        assertThat(waits(CallKind.CHECK)).isEqualTo(1);
        node.pass(Duration.ofSeconds(11));
        assertThat(late.call().isRefused()).isTrue();
        assertThat(meter("refused", CallKind.CHECK)).isEqualTo(1);
        assertThat(meter("length", CallKind.CHECK)).isZero();
    }

    private double meter(String name, CallKind kind) {
        return node.registry
                .get("kerbearer.queue." + name)
                .tag("kind", kind.label())
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private long waits(CallKind kind) {
        return node.registry
                .get("kerbearer.queue.waits")
                .tag("kind", kind.label())
                .timer()
                .count();
    }

    /** Makes that many calls, which take a place and keep it. */
    private List<QueuedCall<Call>> hold(int places) {
        return hold(places, CallKind.CHECK);
    }

    private List<QueuedCall<Call>> hold(int places, CallKind kind) {
        List<QueuedCall<Call>> inside = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            inside.add(node.call(kind));
        }
        return inside;
    }

    private void overload() {
        for (int i = 0; i <= QueuePolicy.BURST; i++) {
            node.call(CallKind.SIGN_IN);
        }
    }
}
