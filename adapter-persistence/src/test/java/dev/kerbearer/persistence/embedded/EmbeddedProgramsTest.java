package dev.kerbearer.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedProgramsTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64,",
        "Linux, amd64, Debian GNU/Linux",
        "Linux, amd64, Alpine Linux",
        "Linux, aarch64,",
        "Linux, aarch64, Ubuntu",
        "Mac OS X, x86_64,",
        "Mac OS X, aarch64,",
        "Windows 11, amd64,"
    })
    void theseMachinesHaveEmbeddedPrograms(String system, String architecture, @Nullable String distribution) {
        assertThatCode(() -> EmbeddedPrograms.check(system, architecture, distribution))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, riscv64,, Linux on riscv64",
        "Linux, s390x, Debian GNU/Linux, Linux on s390x",
        "Linux, aarch64, Alpine Linux, Alpine Linux on aarch64",
        "FreeBSD, amd64,, FreeBSD on amd64"
    })
    void aMachineWithoutProgramsIsRefusedWithTheSettingToUse(
            String system, String architecture, @Nullable String distribution, String machine) {
        assertThatThrownBy(() -> EmbeddedPrograms.check(system, architecture, distribution))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no embedded PostgreSQL for this machine (" + machine + ")")
                .hasMessageContaining("quarkus.datasource.jdbc.url");
    }

    @Test
    void thisMachineHasEmbeddedPrograms() {
        assertThatCode(EmbeddedPrograms::check).doesNotThrowAnyException();
    }
}
