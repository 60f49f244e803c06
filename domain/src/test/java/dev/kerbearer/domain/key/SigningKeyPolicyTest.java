package dev.kerbearer.domain.key;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SigningKeyPolicyTest {

    private static final Duration ROTATION = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Test
    void aKeyIsPublishedBeforeItSigns() {
        refuses(ROTATION, Duration.ZERO);
        refuses(ROTATION, Duration.ofNanos(-1));
        assertThatNoException().isThrownBy(() -> new SigningKeyPolicy(ROTATION, Duration.ofNanos(1), LONGEST));
    }

    @Test
    void aKeyIsNotReplacedBeforeItCouldBePublished() {
        refuses(ROTATION, ROTATION);
        refuses(ROTATION, ROTATION.plusNanos(1));
        assertThatNoException().isThrownBy(() -> new SigningKeyPolicy(ROTATION, ROTATION.minusNanos(1), LONGEST));
    }

    private static void refuses(Duration rotation, Duration overlap) {
        assertThatThrownBy(() -> new SigningKeyPolicy(rotation, overlap, LONGEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signing keys need an overlap, and a rotation that is longer than it");
    }
}
