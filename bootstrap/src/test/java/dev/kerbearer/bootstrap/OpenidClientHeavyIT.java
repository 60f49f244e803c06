package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** npm's openid-client, the strictest client, does the same as NimbusIT. Needs node and npm on the PATH. */
class OpenidClientHeavyIT {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path FOLDER = Path.of("target/openid-client").toAbsolutePath();

    @Test
    void itRefreshesAndIntrospectsAndRevokes() throws Exception {
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "openid-client.js")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Program.run(
                FOLDER,
                Map.of(),
                "npm",
                List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"));
        try (Practice practice = Practice.start();
                RunningKerbearer kerbearer =
                        RunningKerbearer.start(practice.folder("node"), StandardsIT.withResourceServers(practice))) {
            String refreshToken = practice.aliceAuthorizes(kerbearer.port())
                    .json()
                    .path("refresh_token")
                    .asText();
            assertThat(Program.run(
                            FOLDER,
                            Map.of(),
                            "nodejs",
                            List.of(
                                    "node",
                                    "openid-client.js",
                                    "http://localhost:" + kerbearer.port(),
                                    refreshToken,
                                    "files & more",
                                    StandardsIT.SECRET)))
                    .contains("openid-client is content");
        }
    }
}
