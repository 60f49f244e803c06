package dev.kerbearer.persistence.sql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredDatabaseTest {

    @ParameterizedTest
    @CsvSource({"9.6.24, 90624", "14.20 (Debian 14.20-1), 140020", "14beta1, 140000"})
    void anOlderPostgresIsRefusedWithItsVersion(String version, int number) {
        assertThatThrownBy(() -> new RequiredDatabase(version, number, "UTF8", "kerbearer").check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PostgreSQL " + version + ",")
                .hasMessageContaining("version 15 or newer")
                .hasMessageContaining("quarkus.datasource.jdbc.url");
    }

    @ParameterizedTest
    @CsvSource({"15.0, 150000", "18.6, 180006", "19devel, 190000"})
    void version15AndNewerAreAccepted(String version, int number) {
        assertThatCode(() -> new RequiredDatabase(version, number, "UTF8", "kerbearer").check())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"SQL_ASCII", "LATIN1", "WIN1252", "EUC_JP"})
    void anotherEncodingIsRefusedWithTheStatementForACorrectDatabase(String encoding) {
        assertThatThrownBy(() -> new RequiredDatabase("18.6", 180006, encoding, "old").check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The database old is encoded in " + encoding)
                .hasMessageContaining("create database kerbearer owner kerbearer encoding 'UTF8' template template0;");
    }
}
