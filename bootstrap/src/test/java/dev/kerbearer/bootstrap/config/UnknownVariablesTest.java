package dev.kerbearer.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownVariablesTest {

    @Test
    void aVariableOfAnUnknownKeyIsReported() {
        assertThat(UnknownVariables.among(List.of("KERBEARER_SERVICE_HOST", "KERBEARER_DATA_DIRECTORY", "PATH")))
                .containsExactly("KERBEARER_DATA_DIRECTORY", "KERBEARER_SERVICE_HOST");
    }

    @Test
    void aVariableOfAKeyIsNotReported() {
        assertThat(UnknownVariables.among(List.of(
                        "KERBEARER_DATA_DIR",
                        "KERBEARER_INTEGRATIONS_IMPORT",
                        "KERBEARER_REALMS__CORP_EXAMPLE__PROVIDER",
                        "KERBEARER_SETTINGS_ACCESS_VALIDITY")))
                .isEmpty();
    }
}
