package dev.kerbearer.application.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.port.Expiring.Expired;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlowDownGuessingTest {

    private static final String AT_HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.1";

    private Instant now = Samples.NOW;
    private final InMemoryStorage storage = new InMemoryStorage();
    private final FailedSignIns failedSignIns = storage.failedSignIns();
    private final SlowDownGuessing guessing = new SlowDownGuessing(failedSignIns, () -> now);
    private final RememberSignIn remember = new RememberSignIn(failedSignIns, () -> now);

    @Test
    void theEleventhAttemptInFiveMinutesIsNotChecked() {
        for (int i = 0; i < 10; i++) {
            assertThat(isRight("alice", ELSEWHERE, "guess")).isFalse();
        }
        AtomicInteger looks = new AtomicInteger();
        assertThatThrownBy(() -> guessing.attempt(
                        new Attempt("alice", ClientAddress.of(ELSEWHERE)), looks::incrementAndGet, any -> true))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().retryAfter()).contains(Duration.ofSeconds(5)));
        assertThat(looks).hasValue(0);
    }

    @Test
    void anAttemptAfterTheWaitIsChecked() {
        fail("alice", ELSEWHERE, 10);
        now = now.plusSeconds(5);
        assertThat(isRight("alice", ELSEWHERE, "right")).isTrue();
    }

    @Test
    void guessesOfOthersDoNotLockAUserOutAtAKnownAddress() {
        assertThat(isRight("alice", AT_HOME, "right")).isTrue();
        fail("alice", ELSEWHERE, 10);
        assertWaits("alice", ELSEWHERE);
        assertWaits("alice", "203.0.113.9");
        assertThat(isRight("alice", AT_HOME, "right")).isTrue();
    }

    @Test
    void failuresAtAKnownAddressCountForThatAddressOnly() {
        isRight("alice", AT_HOME, "right");
        fail("alice", AT_HOME, 10);
        assertWaits("alice", AT_HOME);
        assertThat(isRight("alice", ELSEWHERE, "right")).isTrue();
    }

    @Test
    void anAddressThatTriesManyNamesWaits() {
        for (int i = 0; i < 100; i++) {
            assertThat(isRight("user" + i, ELSEWHERE, "guess")).isFalse();
        }
        assertWaits("anybody", ELSEWHERE);
        assertThat(isRight("anybody", AT_HOME, "right")).isTrue();
    }

    /** A caller that relays the messages of another user gets no further than the password check. */
    @Test
    void aCorrectPasswordAloneIsNoSignIn() {
        guessing.attempt(new Attempt("alice", ClientAddress.of(AT_HOME)), () -> true, right -> right);
        fail("alice", ELSEWHERE, 10);
        assertWaits("alice", AT_HOME);
    }

    @Test
    void aSignInIsRememberedOnceADay() {
        Attempt atHome = new Attempt("alice", ClientAddress.of(AT_HOME));
        isRight("alice", AT_HOME, "right");
        Instant first = now;
        now = now.plus(Duration.ofHours(23));
        isRight("alice", AT_HOME, "right");
        assertThat(failedSignIns.state(atHome).lastSignIn()).hasValue(first);
        now = now.plus(Duration.ofHours(1));
        isRight("alice", AT_HOME, "right");
        assertThat(failedSignIns.state(atHome).lastSignIn()).hasValue(now);
    }

    @Test
    void anAddressIsForgottenAfterThirtyDays() {
        isRight("alice", AT_HOME, "right");
        now = now.plus(Duration.ofDays(30));
        fail("alice", ELSEWHERE, 10);
        assertWaits("alice", AT_HOME);
    }

    /** The attempt starts before the limit is reached, and ends after it. */
    @Test
    void anAttemptDuringWhichTheLimitIsReachedIsRefused() {
        Attempt attempt = new Attempt("alice", ClientAddress.of(ELSEWHERE));
        for (boolean right : new boolean[] {true, false}) {
            now = now.plus(Duration.ofHours(1));
            assertThatThrownBy(() -> guessing.attempt(
                            attempt,
                            () -> {
                                fail("alice", ELSEWHERE, 10);
                                return right;
                            },
                            found -> found))
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void expiredFailuresAndSignInsAreForgotten() {
        isRight("alice", AT_HOME, "right");
        fail("alice", ELSEWHERE, 1);
        assertThat(forgotten()).isZero();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(forgotten()).as("the counts of the name and of the address").isEqualTo(2);
        now = now.plus(Duration.ofDays(30));
        assertThat(forgotten()).as("the address of the sign-in").isEqualTo(1);
    }

    private int forgotten() {
        return storage.forget(new Expired.Failures(now), 1000);
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            isRight(name, address, "guess");
        }
    }

    private boolean isRight(String name, String address, String password) {
        Attempt attempt = new Attempt(name, ClientAddress.of(address));
        boolean right = guessing.attempt(attempt, () -> password.equals("right"), found -> found);
        if (right) {
            remember.remember(attempt);
        }
        return right;
    }

    private void assertWaits(String name, String address) {
        assertThatThrownBy(() -> isRight(name, address, "right"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.parties().user()).isPresent());
    }
}
