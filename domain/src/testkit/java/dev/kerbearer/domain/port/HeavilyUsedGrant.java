package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.port.StorageSamples.BEARER;
import static dev.kerbearer.domain.port.StorageSamples.LONG;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.successorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenPair;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.port.Expiring.Expired;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A grant, and every token pair that a client ever got for it. */
final class HeavilyUsedGrant {

    private final StoragePorts storage;
    private final IssuedGrant issued;
    private final List<TokenPair> answered = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    HeavilyUsedGrant(StoragePorts storage, IssuedGrant issued) {
        this.storage = storage;
        this.issued = issued;
        answered.add(issued.tokens());
    }

    void use(SplittableRandom random) {
        TokenPair pair = answered.get(Math.max(0, answered.size() - 1 - random.nextInt(3)));
        TokenSecret presented = pair.refresh().orElseThrow();
        switch (random.nextInt(100)) {
            case 0 ->
                ended(storage.grants().revoke(pair.access().digest(), BEARER).isPresent());
            case 1 -> ended(storage.grants().endReused(presented.digest(), REFRESH));
            case 2 -> storage.expiring().forget(new Expired.Links(), 100);
            default -> refresh(presented, random.nextInt(50) == 0 ? Duration.ZERO : LONG);
        }
    }

    private void ended(boolean done) {
        if (done) {
            assertThat(ended.getAndSet(true)).as("it is ended once").isFalse();
        }
    }

    private void refresh(TokenSecret presented, Duration leeway) {
        Successor successor = successorOf(presented);
        if (storage.rotate(presented, issued.grant().refreshed(NOW), successor, leeway) instanceof Rotation.Rotated) {
            answered.add(successor.tokens());
        }
    }

    void assertConsistent(String seed) {
        List<State> states = answered.stream()
                .map(pair -> storage.state(pair.refresh().orElseThrow()).orElseThrow())
                .toList();
        List<TokenPair> good = answered.stream()
                .filter(pair -> storage.grants()
                        .findByAccessToken(pair.access().digest())
                        .isPresent())
                .toList();
        if (ended.get()) {
            assertThat(states).as(seed).containsOnly(State.ENDED);
            assertThat(good).as(seed).isEmpty();
        } else {
            assertThat(states).as(seed).filteredOn(State.LIVE::equals).hasSize(1);
            assertThat(good)
                    .as(seed + ": the live access token, and the one it replaced")
                    .hasSizeBetween(1, 2);
        }
        assertThat(storage.auditLines())
                .as(seed + ": a line for each rotation")
                .filteredOn(line -> line.action() == Action.GRANT_REFRESHED
                        && line.grant().equals(Optional.of(issued.grant().id())))
                .hasSize(answered.size() - 1);
    }
}
