package dev.kerbearer.persistence.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds PostgreSQL's programs, which are included for some operating systems and processors. The library's own search
 * needs a writable folder for temporary files. This search does not.
 */
final class EmbeddedPrograms {

    /** The library unpacks the programs once for each resolver, so there is only one resolver. */
    static final PgBinaryResolver RESOLVER = (system, processor) -> open(ofThisMachine());

    /** Alpine has a different C library, so the programs of other Linux systems do not run there. */
    private static final Path ALPINE = Path.of("/etc/alpine-release");

    private EmbeddedPrograms() {}

    /**
     * Checks that there are programs for this machine.
     *
     * @throws IllegalStateException if there are none; the message says what to do instead
     */
    static void check() {
        check(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Files.exists(ALPINE));
    }

    static void check(String system, String architecture, boolean alpine) {
        if (EmbeddedPostgres.class.getClassLoader().getResource(archive(system, architecture, alpine)) == null) {
            throw new IllegalStateException("There is no embedded PostgreSQL for this machine ("
                    + (alpine ? "Alpine Linux" : system) + " on " + architecture
                    + "): set quarkus.datasource.jdbc.url, quarkus.datasource.username and quarkus.datasource.password"
                    + " to a PostgreSQL of your own, version 15 or newer");
        }
    }

    private static String ofThisMachine() {
        return archive(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Files.exists(ALPINE));
    }

    private static @Nullable InputStream open(String archive) {
        return EmbeddedPostgres.class.getClassLoader().getResourceAsStream(archive);
    }

    private static String archive(String system, String architecture, boolean alpine) {
        String name = "postgres-" + program(system) + "-" + kind(system, architecture);
        return (name + (alpine ? "-alpine_linux" : "") + ".txz").toLowerCase(Locale.ROOT);
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
