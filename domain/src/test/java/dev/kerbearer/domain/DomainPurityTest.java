package dev.kerbearer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Reads with jdeps what the compiled classes need, because another program must supply it. */
class DomainPurityTest {

    private static final Pattern DEPENDENCY =
            Pattern.compile("^\\s+dev\\.kerbearer\\S+\\s+->\\s+(\\S+)", Pattern.MULTILINE);

    @Test
    void theDomainNeedsTheJdkAndJSpecifysAnnotationsOnly() throws Exception {
        Path classes = Path.of(Class.forName("dev.kerbearer.domain.scope.Scope")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        StringWriter out = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "-verbose:package",
                        "--ignore-missing-deps",
                        classes.toString());
        assertThat(status).as(out.toString()).isZero();
        List<String> needed = DEPENDENCY
                .matcher(out.toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(needed)
                .contains("java.lang", "dev.kerbearer.domain.scope")
                .allMatch(name -> name.startsWith("java.")
                        || name.startsWith("dev.kerbearer.domain.")
                        || name.equals("javax.crypto")
                        || name.equals("javax.crypto.spec")
                        || name.equals("org.jspecify.annotations"));
    }
}
