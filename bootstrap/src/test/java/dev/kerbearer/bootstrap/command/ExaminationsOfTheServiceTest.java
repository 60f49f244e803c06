package dev.kerbearer.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.doctor.Finding;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationsOfTheServiceTest {

    @TempDir
    Path folder;

    @Test
    void aPasswordInTheUrlOfTheDatabaseIsNotPrinted() {
        String url = "jdbc:postgresql://kerbearer:S3cr3tPw@127.0.0.1:1/db?password=S3cr3tPw";
        assertThat(ofDatabase(Map.of("quarkus.datasource.jdbc.url", url)))
                .isNotEmpty()
                .noneMatch(finding -> finding.toString().contains("S3cr3t"));
    }

    @Test
    void aDatabaseThatStopsTheStartIsWrong() {
        assertThat(ofDatabase(Map.of("kerbearer.database", "external")))
                .extracting(Finding::verdict)
                .containsExactly(Finding.Verdict.WRONG);
        assertThat(ofDatabase(Map.of(
                        "kerbearer.database", "embedded",
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/db")))
                .extracting(Finding::verdict)
                .containsExactly(Finding.Verdict.WRONG);
    }

    @Test
    void anEndlessAnswerOfTheIssuerIsNotAwaited() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch examined = new CountDownLatch(1);
            Thread answering = new Thread(() -> answerHalf(slow, examined));
            answering.start();
            URI url = URI.create("http://localhost:" + slow.getLocalPort());
            assertThat(new IssuerExamination(url, false).findings())
                    .extracting(Finding::verdict)
                    .containsExactly(Finding.Verdict.DOUBTFUL);
            examined.countDown();
            answering.join();
        }
    }

    private static void answerHalf(ServerSocket slow, CountDownLatch examined) {
        try (Socket client = slow.accept()) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
            examined.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void aHostWithAnUnderscoreIsNotReportedAsWrong() {
        assertThat(new IssuerExamination(URI.create("http://my_host:1"), false).findings())
                .singleElement()
                .asString()
                .contains("underscore");
    }

    private List<Finding> ofDatabase(Map<String, String> configuration) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(configuration, "test", 400))
                .build();
        return new DatabaseExamination(Storage.of(config, folder)).findings();
    }
}
