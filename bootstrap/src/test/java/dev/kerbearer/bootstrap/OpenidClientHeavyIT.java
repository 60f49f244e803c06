package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** npm's openid-client, the strictest of them, does what NimbusIT does; needs node and npm on the PATH. */
class OpenidClientHeavyIT {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path FOLDER = Path.of("target/openid-client").toAbsolutePath();

    @Test
    void itRefreshesAndIntrospectsAndRevokes() throws Exception {
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "openid-client.js")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"));
        try (Practice practice = Practice.start();
                RunningKerbearer kerbearer =
                        RunningKerbearer.start(practice.folder("node"), StandardsIT.withResourceServers(practice))) {
            String refreshToken = practice.aliceAuthorizes(kerbearer.port())
                    .json()
                    .path("refresh_token")
                    .asText();
            assertThat(run(List.of(
                            "node",
                            "openid-client.js",
                            "http://localhost:" + kerbearer.port(),
                            refreshToken,
                            "files & more",
                            StandardsIT.SECRET)))
                    .contains("openid-client is content");
        }
    }

    private static String run(List<String> command) throws InterruptedException, IOException {
        Path output = FOLDER.resolve(command.get(0) + ".log");
        Process process = started(
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile()),
                command.get(0));
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command.get(0) + " does not end:\n" + Files.readString(output));
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static Process started(ProcessBuilder builder, String program) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "This test needs " + program + " on the PATH; on Debian: apt-get install nodejs npm", missing);
        }
    }
}
