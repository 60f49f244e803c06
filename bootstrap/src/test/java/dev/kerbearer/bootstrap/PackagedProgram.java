package dev.kerbearer.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program that the end-to-end tests start: what this build has packaged, or, where {@code kerbearer.e2e.package} names
 * a folder that {@code packaging/package} has made, that one by its own start script.
 */
final class PackagedProgram {

    private static final Optional<Path> PACKAGE = Optional.ofNullable(System.getProperty("kerbearer.e2e.package"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder).toAbsolutePath());

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private PackagedProgram() {}

    /** Whether it brings what its JVM needs to start fast. */
    static boolean hasCache() {
        return PACKAGE.isPresent();
    }

    /** Where its libraries are. */
    static Path folder() {
        return PACKAGE.orElseGet(() -> Path.of("target/quarkus-app").toAbsolutePath());
    }

    /** What it is made of (CycloneDX). */
    static Path billOfMaterials() {
        return PACKAGE.map(folder -> folder.resolve("kerbearer.cdx.json"))
                .orElseGet(() -> Path.of("target/quarkus-run-cyclonedx.json").toAbsolutePath());
    }

    /** With what an operator's package has, these options of the JVM, this configuration and a command, if any. */
    static ProcessBuilder start(List<String> jvmOptions, Map<String, String> configuration, String... command) {
        List<String> line = new ArrayList<>();
        // The script knows commands by their place before everything else.
        PACKAGE.ifPresentOrElse(
                folder -> {
                    line.add(folder.resolve("kerbearer").toString());
                    line.addAll(List.of(command));
                    // A cache that does not fit is an error then, and not only slow.
                    line.add("-XX:AOTMode=on");
                },
                () -> line.addAll(List.of(
                        JAVA_HOME.resolve("bin/java").toString(),
                        "@"
                                + Path.of("../packaging/jvm.options")
                                        .toAbsolutePath()
                                        .normalize())));
        line.addAll(jvmOptions);
        configuration.forEach((key, value) -> line.add("-D" + key + "=" + value));
        if (PACKAGE.isEmpty()) {
            line.addAll(List.of("-jar", folder().resolve("quarkus-run.jar").toString()));
            line.addAll(List.of(command));
        }
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        return builder;
    }
}
