package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.rest.edge.queue.CallQueue.Changes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** A queue with its own clock. The test decides when events happen, and no real time passes. */
final class SimulatedNode {

    static final ClientAddress SOMEBODY = new ClientAddress("10.0.0.1");

    private static final long TICK = Duration.ofMillis(20).toNanos();

    private record Event(long at, long number, Runnable action) {}

    /** A call and its outcome. */
    static final class Call {
        private final long cameAt;
        private long letInAt = -1;
        private long refusedAt = -1;
        private final Consumer<Call> whenLetIn;
        private final Consumer<Call> whenRefused;

        private Call(long cameAt, Consumer<Call> whenLetIn, Consumer<Call> whenRefused) {
            this.cameAt = cameAt;
            this.whenLetIn = whenLetIn;
            this.whenRefused = whenRefused;
        }

        boolean isLetIn() {
            return letInAt >= 0;
        }

        boolean isRefused() {
            return refusedAt >= 0;
        }

        Duration waited() {
            return Duration.ofNanos((isLetIn() ? letInAt : refusedAt) - cameAt);
        }

        Duration cameAt() {
            return Duration.ofNanos(cameAt);
        }
    }

    final MeterRegistry registry = new SimpleMeterRegistry();
    final List<Call> all = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final CallQueue<Call> queue;
    private long now;
    private long number;

    SimulatedNode(Places places) {
        this.queue = new CallQueue<>(places, () -> now, new QueueMetrics(registry));
        tick();
    }

    private void tick() {
        if (queue.length() > 0) {
            carryOut(queue.tick());
        }
        later(Duration.ofNanos(TICK), this::tick);
    }

    /** Schedules an action after a duration. */
    void later(Duration duration, Runnable action) {
        events.add(new Event(now + duration.toNanos(), number++, action));
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (events.element().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    /** Makes a call of that kind that runs until the test ends it. */
    QueuedCall<Call> call(CallKind kind, ClientAddress client) {
        return enter(kind, client, call -> {}, call -> {});
    }

    QueuedCall<Call> call(CallKind kind) {
        return call(kind, SOMEBODY);
    }

    /** Makes a call that takes that long once it has a place. */
    QueuedCall<Call> call(CallKind kind, Duration takes) {
        return call(kind, takes, () -> {});
    }

    /** Does the same, and runs an action after the answer or the refusal. */
    QueuedCall<Call> call(CallKind kind, Duration takes, Runnable then) {
        List<QueuedCall<Call>> self = new ArrayList<>();
        QueuedCall<Call> entered = enter(
                kind,
                SOMEBODY,
                call -> later(takes, () -> {
                    carryOut(queue.leave(self.get(0)));
                    then.run();
                }),
                call -> later(Duration.ofMillis(1), then));
        self.add(entered);
        return entered;
    }

    private QueuedCall<Call> enter(
            CallKind kind, ClientAddress client, Consumer<Call> whenLetIn, Consumer<Call> whenRefused) {
        QueuedCall<Call> entering = new QueuedCall<>(new Call(now, whenLetIn, whenRefused), kind, client);
        all.add(entering.call());
        carryOut(queue.enter(entering));
        return entering;
    }

    /** Ends a call: it is answered, or its client has disconnected. */
    void leave(QueuedCall<Call> call) {
        carryOut(queue.leave(call));
    }

    /** Disconnects the client of a call that is still in progress. */
    void abandon(QueuedCall<Call> call) {
        carryOut(queue.leaveLater(call));
    }

    /** Makes enough calls, one after another and answered at once, that their code counts as compiled. */
    void warmUp() {
        for (int i = 0; i <= QueuePolicy.WARM; i++) {
            leave(call(CallKind.CHECK));
        }
        all.clear();
    }

    private void carryOut(Changes<Call> changes) {
        changes.letIn().forEach(queued -> {
            queued.call().letInAt = now;
            queued.call().whenLetIn.accept(queued.call());
        });
        changes.refused().forEach(queued -> {
            queued.call().refusedAt = now;
            queued.call().whenRefused.accept(queued.call());
        });
    }

    int waiting() {
        return queue.length();
    }

    List<Call> refused() {
        return all.stream().filter(Call::isRefused).toList();
    }

    List<Call> letIn() {
        return all.stream().filter(Call::isLetIn).toList();
    }
}
