package dev.kerbearer.persistence.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.port.Unavailable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StorageFaultsTest {

    @Test
    void anUnavailableDatabaseIsRecognisedByItsError() {
        assertUnavailable(new SQLException("terminating connection due to administrator command", "57P01"));
        assertUnavailable(new IllegalStateException(new SQLException("could not extend file", "53100")));
        assertUnavailable(new SQLException("Acquisition timeout while waiting for new connection"));
    }

    /** The transaction manager adds the cause as a suppressed exception. */
    @Test
    void aFailedCommitIsRecognisedByItsSuppressedCause() {
        IllegalStateException rolledBack = new IllegalStateException("Could not commit transaction.");
        rolledBack.addSuppressed(new Exception(
                "Error trying to transactionCommit local transaction",
                new SQLException("terminating connection due to unexpected postmaster exit", "57P01")));
        assertUnavailable(new IllegalStateException(rolledBack));
    }

    @Test
    void aStatementThatPostgresRefusesIsAFaultOfKerbearers() {
        assertThatThrownBy(() -> StorageFaults.translated(() -> {
                    throw new SQLException("syntax error", "42601");
                }))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(Unavailable.class);
    }

    private static void assertUnavailable(SQLException fault) {
        assertUnavailable(() -> {
            throw fault;
        });
    }

    private static void assertUnavailable(RuntimeException fault) {
        assertUnavailable(() -> {
            throw fault;
        });
    }

    private static void assertUnavailable(StorageFaults.Call<Object> call) {
        assertThatThrownBy(() -> StorageFaults.translated(call)).isInstanceOf(Unavailable.class);
    }
}
