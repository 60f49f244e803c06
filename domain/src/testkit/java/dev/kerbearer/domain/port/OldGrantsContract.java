package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.terms;
import static dev.kerbearer.domain.port.StorageSamples.LONG;
import static dev.kerbearer.domain.port.StorageSamples.RANDOM;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static dev.kerbearer.domain.port.StorageSamples.at;
import static dev.kerbearer.domain.port.StorageSamples.event;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.importAt;
import static dev.kerbearer.domain.port.StorageSamples.successorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.port.Expiring.Expired;
import dev.kerbearer.domain.scope.Scope;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of {@link Expiring} for grants: expired and ended grants are deleted. */
public interface OldGrantsContract extends StoragePorts {

    @Test
    default void aGrantThatExpiredBeforeTheGivenTimeIsForgotten() {
        IssuedGrant issued = issued("a");
        Instant end = issued.grant().refreshUntil();
        assertThat(forget(end)).isZero();
        assertThat(find(issued)).isPresent();
        assertThat(forget(end.plusSeconds(1))).isEqualTo(1);
        assertThat(find(issued)).isEmpty();
        assertThat(state(issued.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(auditLines()).as("audit lines stay").containsExactly(event(issued));
    }

    @Test
    default void aGrantThatWasEndedBeforeTheGivenTimeIsForgotten() {
        IssuedGrant ended = grant();
        IssuedGrant living = grant();
        issue(ended, "a");
        issue(living, "b");
        grants().end(ended.grant(), Ending.SIGN_IN_REFUSED, REFRESH);
        assertThat(forget(NOW)).isZero();
        assertThat(state(ended.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(forget(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(state(ended.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(find(living)).isPresent();
    }

    @Test
    default void aGrantThatWasEndedAfterItsExpiryCountsFromItsExpiry() {
        IssuedGrant issued = issued("a");
        Instant end = issued.grant().refreshUntil();
        identities().put(alice(false), importAt(end.plusSeconds(100)));
        assertThat(forget(end.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    default void replacedTokensAreForgottenWithTheirGrant() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        rotate(presented, issued.grant().refreshed(NOW), successorOf(presented), LONG);
        assertThat(state(presented)).contains(State.REPEATABLE);
        assertThat(forget(issued.grant().refreshUntil().plusSeconds(1))).isEqualTo(1);
        assertThat(state(presented)).isEmpty();
    }

    @Test
    default void anUnusedGrantIsForgottenIfTheSettingSaysSo() {
        IssuedGrant unused = grant();
        IssuedGrant refreshed = grant();
        IssuedGrant single = Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate:manage"),
                DEFAULTS.with(terms(null, null, false)),
                NOW,
                RANDOM::nextBytes);
        issue(unused, "a");
        issue(refreshed, "b");
        issue(single, "c");
        Instant expired = unused.grant().accessExpires();
        TokenSecret presented = refreshed.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        rotate(presented, refreshed.grant().refreshed(NOW), successor, LONG);
        assertThat(forget(NOW, Optional.of(expired), 10)).isZero();
        assertThat(single.grant().accessExpires()).isAfter(expired.plusSeconds(1));
        assertThat(forget(NOW, Optional.of(expired.plusSeconds(1)), 10)).isEqualTo(1);
        assertThat(find(unused)).isEmpty();
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.LIVE);
        assertThat(find(single)).isPresent();
    }

    @Test
    default void oldGrantsAreForgottenInBatchesOldestFirst() {
        IssuedGrant younger = grant();
        IssuedGrant older = grant();
        issue(younger, "a");
        issue(older, "b");
        grants().end(younger.grant(), Ending.SIGN_IN_REFUSED, at(NOW.minusSeconds(1), REFRESH));
        grants().end(older.grant(), Ending.SIGN_IN_REFUSED, at(NOW.minusSeconds(2), REFRESH));
        assertThat(forget(NOW, Optional.empty(), 1)).isEqualTo(1);
        assertThat(state(older.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(state(younger.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(forget(NOW, Optional.empty(), 1)).isEqualTo(1);
        assertThat(forget(NOW, Optional.empty(), 1)).isZero();
    }

    @Test
    default void aGrantWithManyTokensIsABatchOfItsOwn() {
        IssuedGrant used = grant();
        IssuedGrant other = grant();
        issue(used, "a");
        issue(other, "b");
        Grant grant = used.grant();
        TokenSecret presented = used.tokens().refresh().orElseThrow();
        for (int i = 1; i <= 3; i++) {
            grant = grant.refreshed(NOW.plusSeconds(i));
            Successor successor = successorOf(presented);
            rotate(presented, grant, successor, LONG);
            presented = successor.tokens().refresh().orElseThrow();
        }
        grants().end(grant, Ending.SIGN_IN_REFUSED, at(NOW.minusSeconds(2), REFRESH));
        grants().end(other.grant(), Ending.SIGN_IN_REFUSED, at(NOW.minusSeconds(1), REFRESH));
        assertThat(forget(NOW, Optional.empty(), 3)).isEqualTo(1);
        assertThat(state(other.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(forget(NOW, Optional.empty(), 3)).isEqualTo(1);
    }

    private int forget(Instant over) {
        return forget(over, Optional.empty(), 10);
    }

    private int forget(Instant over, Optional<Instant> unused, int atMost) {
        return expiring().forget(new Expired.EndedGrants(over, unused), atMost);
    }
}
