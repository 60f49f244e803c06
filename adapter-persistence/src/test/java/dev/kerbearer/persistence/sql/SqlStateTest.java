package dev.kerbearer.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks every class of PostgreSQL's appendix A and of its driver. */
class SqlStateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08", "0B", "0L", "0P", "28", "2B", "3D", "3F", "40", "53", "54", "55", "57", "58", "72", "99", "F0",
                "HV", "P0", "XX"
            })
    void statesOfTheseClassesAreNoFaultOfKerbearers(String stateClass) {
        for (String subclass : new String[] {"000", "001", "006", "P01", "P04", "501"}) {
            assertThat(SqlState.isOwnFault(stateClass + subclass))
                    .as(stateClass + subclass)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "28P01", "28000", "3D000", "55000", "42501", "53300", "57P01", "57P03", "25006", "25P03", "25P04",
                "53100", "53200", "54000", "40001", "40P01", "55P03", "57014", "58030", "XX001", "08S01"
            })
    void aRefusedLoginOrAnUnusableDatabaseIsNoFaultOfKerbearers(String state) {
        assertThat(SqlState.isOwnFault(state)).isFalse();
    }

    /** A change of the schema makes a plan stale, and a pooler loses prepared statements. */
    @ParameterizedTest
    @ValueSource(strings = {"0A000", "26000", "42P05"})
    void anErrorThatARetrySolvesIsNoFaultOfKerbearers(String state) {
        assertThat(SqlState.isOwnFault(state)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03000", "0A001", "20000", "21000", "22001", "22021", "22P02", "23502", "23503", "23505", "23514",
                        "24000",
                "25001", "25P02", "26001", "27000", "2D000", "2F003", "34000", "38001", "39000", "3B001", "42601",
                        "42703",
                "42804", "42P01", "44000"
            })
    void aWrongStatementOrValueIsAFaultOfKerbearers(String state) {
        assertThat(SqlState.isOwnFault(state)).isTrue();
    }

    @Test
    void anErrorWithoutAStateIsNoFaultOfKerbearers() {
        assertThat(SqlState.isOwnFault(null)).isFalse();
        assertThat(SqlState.isOwnFault("")).isFalse();
        assertThat(SqlState.isOwnFault("42")).isFalse();
    }
}
