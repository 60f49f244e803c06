package dev.kerbearer.persistence.signin;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.FailedSignInsContract;
import dev.kerbearer.persistence.PostgresStorage;
import dev.kerbearer.persistence.RunningPostgres;
import dev.kerbearer.persistence.sql.Statements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Failed sign-ins are counted as the contract says on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(RunningPostgres.class)
class PostgresFailedSignInsTest extends FailedSignInsContract {

    @Inject
    DataSource database;

    @Override
    protected FailedSignIns failedSignIns() {
        return PostgresStorage.failedSignIns(database);
    }

    @Override
    protected Expiring expiring() {
        return PostgresStorage.expiring(database);
    }

    @Test
    void theNewestRecordsAreKeptIfThereAreTooMany() {
        PostgresFailedSignIns few = new PostgresFailedSignIns(new Statements(database), 6, 4);
        few.forget(NOW.plus(Duration.ofDays(99)), 100_000);
        for (int second = 0; second < 10; second++) {
            few.failed(attempt(second), false, NOW.plusSeconds(second));
            few.signedIn(attempt(second), NOW.plusSeconds(second));
        }
        Instant soon = NOW.plusSeconds(60);
        assertThat(few.forget(soon, 3))
                .as("a batch of counts, and one of addresses")
                .isEqualTo(6);
        assertThat(few.forget(soon, 1000)).isEqualTo(20 - 6 - 3 + 10 - 4 - 3);
        assertThat(few.forget(soon, 1000)).isZero();
        assertThat(few.state(attempt(5)).lastSignIn()).isEmpty();
        assertThat(few.state(attempt(6)).lastSignIn()).isEqualTo(Optional.of(NOW.plusSeconds(6)));
        assertThat(few.forget(NOW.plusSeconds(700), 1000))
                .as("three names and three addresses")
                .isEqualTo(6);
    }

    private static Attempt attempt(int number) {
        return new Attempt("excess" + number, ClientAddress.of("192.0.2." + number));
    }
}
