package dev.kerbearer.persistence.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, which come along for some kinds of machines. */
final class EmbeddedPrograms {

    private EmbeddedPrograms() {}

    /** @throws IllegalStateException where there are none for this machine; the message says what to do instead */
    static void check() {
        check(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), LinuxUtils.getDistributionName());
    }

    static void check(String system, String architecture, @Nullable String distribution) {
        String name = "postgres-" + program(system) + "-" + kind(system, architecture);
        // Its C library is another one; everybody else's programs do not run there.
        boolean alpine = distribution != null && distribution.startsWith("Alpine");
        String archive = (name + (alpine ? "-alpine_linux" : "") + ".txz").toLowerCase(Locale.ROOT);
        if (EmbeddedPostgres.class.getClassLoader().getResource(archive) == null) {
            throw new IllegalStateException("There is no embedded PostgreSQL for this machine ("
                    + (alpine ? distribution : system) + " on " + architecture
                    + "): set quarkus.datasource.jdbc.url, quarkus.datasource.username and quarkus.datasource.password"
                    + " to a PostgreSQL of your own, version 15 or newer");
        }
    }

    private static String program(String system) {
        return system.startsWith("Windows") ? "windows" : system.startsWith("Mac") ? "darwin" : system;
    }

    /** As the archives are named. A Mac of the newer kind runs the programs of the older. */
    private static String kind(String system, String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> system.startsWith("Mac") ? "x86_64" : "arm_64";
            default -> architecture;
        };
    }
}
