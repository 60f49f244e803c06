package dev.kerbearer.rest.edge.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of the queue by kind of call, at {@code /q/metrics}; all exist from the start. */
public final class QueueMetrics {

    private static final String KIND = "kind";

    private record Meters(AtomicInteger length, Timer waits, Counter refused) {}

    private final Map<CallKind, Meters> byKind = new EnumMap<>(CallKind.class);

    /**
     * @param registry shows the metrics
     */
    public QueueMetrics(MeterRegistry registry) {
        for (CallKind kind : CallKind.values()) {
            AtomicInteger length = new AtomicInteger();
            Gauge.builder("kerbearer.queue.length", length, AtomicInteger::get)
                    .description("Calls that wait in the queue")
                    .tag(KIND, kind.label())
                    .register(registry);
            Timer waits = Timer.builder("kerbearer.queue.waits")
                    .description("Time that processed calls have waited in the queue")
                    .tag(KIND, kind.label())
                    .register(registry);
            Counter refused = Counter.builder("kerbearer.queue.refused")
                    .description("Calls that were refused because the service is busy")
                    .tag(KIND, kind.label())
                    .register(registry);
            byKind.put(kind, new Meters(length, waits, refused));
        }
    }

    void waits(CallKind kind) {
        of(kind).length().incrementAndGet();
    }

    void letIn(CallKind kind, long waitedNanos) {
        gone(kind);
        of(kind).waits().record(Duration.ofNanos(waitedNanos));
    }

    void refused(CallKind kind) {
        gone(kind);
        of(kind).refused().increment();
    }

    /** Notes that a waiting client has disconnected. */
    void gone(CallKind kind) {
        of(kind).length().decrementAndGet();
    }

    private Meters of(CallKind kind) {
        return Objects.requireNonNull(byKind.get(kind));
    }
}
