package dev.kerbearer.domain.key;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SigningKeyPolicyTest {

    private static final Duration ROTATION = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Test
    void aKeyIsPublishedLongEnoughForEveryNodeToHoldItBeforeItSigns() {
        Duration least = Duration.ofMinutes(5);
        for (Duration shorter : new Duration[] {least.minusNanos(1), Duration.ZERO, Duration.ofNanos(-1)}) {
            refuses(ROTATION, shorter, "overlap is to be PT5M at least, not " + shorter);
        }
        assertThatNoException().isThrownBy(() -> new SigningKeyPolicy(ROTATION, least, LONGEST));
    }

    @Test
    void aKeyIsNotReplacedBeforeItCouldBePublished() {
        refuses(ROTATION, ROTATION, "rotation is to be longer than overlap, not PT2160H");
        refuses(ROTATION, ROTATION.plusNanos(1), "rotation is to be longer than overlap, not PT2160H");
        assertThatNoException().isThrownBy(() -> new SigningKeyPolicy(ROTATION, ROTATION.minusNanos(1), LONGEST));
    }

    private static void refuses(Duration rotation, Duration overlap, String message) {
        assertThatThrownBy(() -> new SigningKeyPolicy(rotation, overlap, LONGEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
