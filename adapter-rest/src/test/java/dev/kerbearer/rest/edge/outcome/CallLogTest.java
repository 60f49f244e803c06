package dev.kerbearer.rest.edge.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLogTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice\r\n2026-01-01 INFO forged",
                "alice\u2028forged",
                "alice\u0000",
                "alice\u001b[31m",
                "\u202Eecila",
                "alice; client forged",
                "alice] [trace forged",
                "\ud800"
            })
    void aNameCannotBreakItsLineOrForgeAField(String name) {
        assertThat(CallLog.clean(name))
                .matches("[^\\p{Cntrl}\\p{Cf}\\p{Cs}\u2028;\\[\\]]+")
                .contains("?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Jürgen Groß", "Ελένη", "田中", "local:{de3944a8-3479-4450-b412-0dacd642017d}", "CORP\\alice"})
    void lettersOfAllLanguagesStay(String name) {
        assertThat(CallLog.clean(name)).isEqualTo(name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(CallLog.clean("x".repeat(10_000))).hasSizeLessThan(210);
    }
}
