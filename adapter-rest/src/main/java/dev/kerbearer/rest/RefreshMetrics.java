package dev.kerbearer.rest;

import dev.kerbearer.domain.port.RefreshTally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Refreshing in numbers, at {@code /q/metrics}. */
public final class RefreshMetrics implements RefreshTally {

    private final Counter repeated;
    private final Counter reused;
    private final Counter ended;

    /**
     * @param registry where the counters are shown
     */
    public RefreshMetrics(MeterRegistry registry) {
        this.repeated = Counter.builder("kerbearer.refresh.repeated")
                .description("Answers that were given again within the reuse leeway")
                .register(registry);
        this.reused = Counter.builder("kerbearer.refresh.reused")
                .description("Replaced refresh tokens that were presented after the leeway")
                .register(registry);
        this.ended = Counter.builder("kerbearer.refresh.ended.grants")
                .description("Grants that such a token ended")
                .register(registry);
    }

    @Override
    public void repeated() {
        repeated.increment();
    }

    @Override
    public void reused(boolean endedGrant) {
        reused.increment();
        if (endedGrant) {
            ended.increment();
        }
    }
}
