package dev.kerbearer.windowsauth.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void otherCharactersThanPrintableAsciiBecomeQuestionMarks() {
        assertThat(Printable.of("a\r\nb\u0085c\u2028d\u202e\u00e9\u007f ~")).isEqualTo("a??b?c?d??? ~");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Printable.of("x".repeat(200))).hasSize(200);
        assertThat(Printable.of("x".repeat(60_000))).isEqualTo("x".repeat(200) + "...");
        assertThat(Printable.of("x".repeat(199) + "\ud83d\ude00")).isEqualTo("x".repeat(199) + "?...");
    }

    @Test
    void onlyTheFirstElementsOfALongListAreShown() {
        assertThat(Printable.of(List.of("a\nb", "c"), ", ")).isEqualTo("a?b, c");
        assertThat(Printable.of(Collections.nCopies(10_000, "x"), ",")).isEqualTo("x,".repeat(10) + "...");
    }
}
