package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/configuration.md must have the Javadoc of every key. {@code -Dkerbearer.docs=write} updates the page. */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- keys: begin -->\n";
    private static final String END = "<!-- keys: end -->";

    @Test
    void thePageDescribesEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String upToDate = page.substring(0, begin) + ConfigurationReference.table() + page.substring(end);
        if ("write".equals(System.getProperty("kerbearer.docs"))) {
            Files.writeString(PAGE, upToDate);
        } else {
            assertThat(page)
                    .as("bring it up to date with -Dtest=ConfigurationReferenceTest -Dkerbearer.docs=write")
                    .isEqualTo(upToDate);
        }
    }
}
