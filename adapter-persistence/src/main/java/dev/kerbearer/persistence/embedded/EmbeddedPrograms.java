package dev.kerbearer.persistence.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, which are included for some operating systems and processors. */
final class EmbeddedPrograms {

    private EmbeddedPrograms() {}

    /**
     * Checks that there are programs for this machine.
     *
     * @throws IllegalStateException if there are none; the message says what to do instead
     */
    static void check() {
        check(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), LinuxUtils.getDistributionName());
    }

    static void check(String system, String architecture, @Nullable String distribution) {
        String name = "postgres-" + program(system) + "-" + kind(system, architecture);
        // Alpine has a different C library, so the programs of other Linux systems do not run there.
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

    /** Returns the processor name that the archives use. A Mac with an ARM processor runs the x86-64 programs. */
    private static String kind(String system, String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> system.startsWith("Mac") ? "x86_64" : "arm_64";
            default -> architecture;
        };
    }
}
