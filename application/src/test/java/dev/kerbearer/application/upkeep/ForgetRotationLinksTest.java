package dev.kerbearer.application.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgetRotationLinksTest {

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void allOldLinksAreForgottenInBatchesHoweverMany() {
        assertThat(forgettingOf(2_500)).isEqualTo(2_500);
        assertThat(asked).containsExactly(1000, 1000, 1000);
    }

    @Test
    void aBatchThatIsNotFullIsTheLast() {
        assertThat(forgettingOf(999)).isEqualTo(999);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whereNoneIsOldNoneIsForgotten() {
        assertThat(forgettingOf(0)).isZero();
        assertThat(asked).hasSize(1);
    }

    private int forgettingOf(int old) {
        int[] left = {old};
        return new ForgetRotationLinks(atMost -> {
                    asked.add(atMost);
                    int forgotten = Math.min(atMost, left[0]);
                    left[0] -= forgotten;
                    return forgotten;
                })
                .forget();
    }
}
