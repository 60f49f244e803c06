package dev.kerbearer.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidTest {

    private static final Sid DOMAIN = new Sid("S-1-5-21-1004336348-1177238915-682003330");

    @Test
    void aSidIsWrittenAsInWindows() {
        assertThat(Sid.of(5, List.of(21L, 1004336348L, 1177238915L, 682003330L)))
                .isEqualTo(DOMAIN)
                .hasToString("S-1-5-21-1004336348-1177238915-682003330");
        assertThat(Sid.of(5, List.of(21L, 4294967295L)).child(4294967295L))
                .hasToString("S-1-5-21-4294967295-4294967295");
    }

    @Test
    void aSidBelongsToTheDomainOfAllButItsLastNumber() {
        assertThat(DOMAIN.child(512).isOf(DOMAIN)).isTrue();
        assertThat(DOMAIN.isOf(DOMAIN)).isFalse();
        assertThat(DOMAIN.child(512).child(1).isOf(DOMAIN)).isFalse();
        assertThat(new Sid(DOMAIN + "0-512").isOf(DOMAIN)).isFalse();
        assertThat(new Sid("S-1-5-32-544").isOf(DOMAIN)).isFalse();
        assertThat(new Sid("S-1-5-21-1").isOf(new Sid("S-1-5-32")))
                .as("a domain of the same length")
                .isFalse();
    }

    /** Compares the parser with a regular expression. */
    @Test
    void aSidIsReadAccordingToTheGrammar() {
        Pattern grammar = Pattern.compile("S-1-[0-9]{1,15}(-[0-9]{1,10}){1,15}");
        SplittableRandom random = new SplittableRandom();
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(50) == 0 ? "S-1" : "S-1-");
            text.append("1".repeat(random.nextInt(1, 17)));
            int numbers = random.nextInt(18);
            for (int number = 0; number < numbers; number++) {
                text.append(random.nextInt(100) == 0 ? "" : "-")
                        .append("9".repeat(random.nextInt(100) == 0 ? random.nextInt(13) : 10))
                        .append(random.nextInt(200) == 0 ? "x" : "");
            }
            boolean isOne = grammar.matcher(text).matches();
            assertThat(isSid(text.toString())).as(text.toString()).isEqualTo(isOne);
            good += isOne ? 1 : 0;
        }
        assertThat(good).isBetween(5_000, 19_000);
    }

    private static boolean isSid(String text) {
        try {
            return new Sid(text).text().equals(text);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S-1-5",
                "S-2-5-21",
                "s-1-5-21",
                "S-1-5-21-",
                "S-1-5--21",
                "S-1-5-21-x",
                "S-1-5-21 ",
                "S-1--21",
                "S-1-\u0665-21"
            })
    void anythingElseIsNoSid(String text) {
        assertThatThrownBy(() -> new Sid(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
