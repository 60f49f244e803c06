package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void theReasonComesFirst() {
        RuntimeException refused = new RuntimeException(
                "Failed to start quarkus",
                new IllegalStateException("the key is wrong", new RuntimeException("cause")));
        assertThat(StartFailure.words(refused).lines())
                .containsExactly("Kerbearer does not start: the key is wrong", "  because: cause");
        assertThat(StartFailure.words(new RuntimeException("Failed to start quarkus")))
                .isEqualTo("Kerbearer does not start: Failed to start quarkus");
    }

    @Test
    void aPortThatIsInUseIsNamedWithItsKey() {
        for (Object[] port : new Object[][] {{8080, "quarkus.http.port"}, {9000, "quarkus.management.port"}}) {
            QuarkusBindException taken =
                    new QuarkusBindException("localhost", (int) port[0], new BindException("Address already in use"));
            assertThat(StartFailure.words(new RuntimeException("Failed to start quarkus", taken)))
                    .startsWith(
                            "Kerbearer does not start: " + port[1] + ": the port " + port[0] + " of localhost is in")
                    .contains("Set " + port[1] + " to another port");
        }
    }

    /** The message of the file system is only the path. */
    @Test
    void theFaultOfAFileIsReported() {
        assertThat(StartFailure.words(new RuntimeException("no", new AccessDeniedException("/data"))))
                .endsWith("because: /data: access denied");
        assertThat(StartFailure.words(new RuntimeException("no", new NoSuchFileException("/data"))))
                .endsWith("because: /data: no such file or folder");
    }
}
