package dev.kerbearer.rest.token;

import dev.kerbearer.domain.port.RefreshTally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** Metrics of refreshes, at {@code /q/metrics}. */
public final class RefreshMetrics implements RefreshTally {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.refresh");

    private final Counter repeated;
    private final Counter reused;
    private final Counter ended;
    private final Counter notEnded;

    /**
     * @param registry shows the counters
     */
    public RefreshMetrics(MeterRegistry registry) {
        this.repeated = Counter.builder("kerbearer.refresh.repeated")
                .description("Refresh answers that were repeated within the reuse leeway")
                .register(registry);
        this.reused = Counter.builder("kerbearer.refresh.reused")
                .description("Replaced refresh tokens that were presented after the leeway")
                .register(registry);
        this.ended = Counter.builder("kerbearer.refresh.ended.grants")
                .description("Grants that were ended because of a reused refresh token")
                .register(registry);
        this.notEnded = Counter.builder("kerbearer.refresh.unended.grants")
                .description("Reused refresh tokens whose grant could not be ended")
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

    @Override
    public void reusedAndNotEnded(Throwable why) {
        notEnded.increment();
        LOG.errorf(
                why,
                "A refresh token was reused, and its grant could not be ended: the grant lives until the token is"
                        + " presented again or the grant is revoked");
    }
}
