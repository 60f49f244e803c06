package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A running node deletes old data by itself: nonces after their leeway, and grants after their retention. */
class ClearedAwayHeavyIT {

    private static final String NONCES = "select count(*) from replaced_refresh_tokens where nonce is not null";
    private static final String GRANTS = "select count(*) from grants where ended_at is not null";

    @Test
    void noncesAreDeletedWithinAMinuteOfTheLeewayAndOldGrantsAreDeletedToo() throws Exception {
        try (Practice practice = Practice.start()) {
            Path folder = practice.folder("node");
            Map<String, String> configuration = practice.configuration();
            configuration.put("kerbearer.retention", "1s");
            configuration.put("kerbearer.upkeep-interval", "1s");
            try (RunningKerbearer kerbearer = RunningKerbearer.start(folder, configuration);
                    EmbeddedTables tables = EmbeddedTables.of(folder.resolve("data"))) {
                Answer ended = practice.aliceAuthorizes(kerbearer.port());
                Answer kept = practice.aliceAuthorizesAs(kerbearer.port(), "hasty-client", "certificate");
                Answer refreshed = RawHttp.post(kerbearer.port(), Practice.TOKEN)
                        .json("{\"client_id\":\"hasty-client\",\"refresh_token\":\""
                                + kept.json().path("refresh_token").asText() + "\"}")
                        .send();
                assertThat(Practice.revoke(kerbearer.port(), ended.accessToken())
                                .status())
                        .isEqualTo(200);
                assertThat(tables.row(NONCES)).containsExactly("1");
                assertThat(tables.row(GRANTS)).containsExactly("1");
                awaitNone(tables, NONCES, Duration.ofSeconds(62));
                awaitNone(tables, GRANTS, Duration.ofSeconds(62));
                assertThat(Practice.verify(kerbearer.port(), refreshed.accessToken())
                                .status())
                        .as("the live grant stays")
                        .isEqualTo(200);
            }
        }
    }

    private static void awaitNone(EmbeddedTables tables, String count, Duration atMost) throws Exception {
        Instant end = Instant.now().plus(atMost);
        while (!tables.row(count).get(0).equals("0")) {
            assertThat(Instant.now()).as(count).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
