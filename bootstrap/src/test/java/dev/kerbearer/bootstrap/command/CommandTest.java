package dev.kerbearer.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @Test
    void withoutAnArgumentTheServiceStarts() {
        assertThat(Command.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "doctor, DOCTOR",
        "help, HELP",
        "--help, HELP",
        "-help, HELP",
        "-h, HELP",
        "version, VERSION",
        "--version, VERSION",
        "-version, VERSION"
    })
    void eachCommandIsUnderstood(String written, Command command) {
        assertThat(Command.of(List.of(written))).contains(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "Doctor", "doctor ", "doctors"})
    void anUnknownCommandIsRefusedWithTheListOfCommands(String unknown) {
        assertThatThrownBy(() -> Command.of(List.of(unknown)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "there is no command \"" + unknown + "\"; the commands are doctor, help, version");
    }

    @Test
    void anOptionAfterTheJarIsRefusedWithItsRightPlace() {
        assertThatThrownBy(() -> Command.of(List.of("-Dkerbearer.data-dir=/x", "doctor")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dkerbearer.data-dir=/x comes too late")
                .hasMessageContaining("before -jar");
    }

    @Test
    void aCommandTakesNoArgument() {
        assertThatThrownBy(() -> Command.of(List.of("doctor", "CORP")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("doctor takes no argument, but there is \"CORP\"");
    }

    @ParameterizedTest
    @EnumSource
    void theUsageNamesEachCommandWithWhatItDoes(Command command) {
        assertThat(Usage.text()).containsPattern("\n  " + command.word() + " +" + command.about() + "\n");
    }
}
