package dev.kerbearer.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedProgramsTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false",
        "Linux, amd64, true",
        "Linux, aarch64, false",
        "Mac OS X, x86_64, false",
        "Mac OS X, aarch64, false",
        "Windows 11, amd64, false"
    })
    void theseMachinesHaveEmbeddedPrograms(String system, String architecture, boolean alpine) {
        assertThatCode(() -> EmbeddedPrograms.check(system, architecture, alpine))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, riscv64, false, Linux on riscv64",
        "Linux, s390x, false, Linux on s390x",
        "Linux, aarch64, true, Alpine Linux on aarch64",
        "FreeBSD, amd64, false, FreeBSD on amd64"
    })
    void aMachineWithoutProgramsIsRefusedWithTheSettingToUse(
            String system, String architecture, boolean alpine, String machine) {
        assertThatThrownBy(() -> EmbeddedPrograms.check(system, architecture, alpine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no embedded PostgreSQL for this machine (" + machine + ")")
                .hasMessageContaining("quarkus.datasource.jdbc.url");
    }

    @Test
    void thisMachineHasEmbeddedPrograms() {
        assertThatCode(EmbeddedPrograms::check).doesNotThrowAnyException();
    }
}
