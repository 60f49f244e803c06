package dev.kerbearer.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program that the end-to-end tests start. By default it is what this build has packaged. If
 * {@code kerbearer.e2e.package} names a folder made by {@code packaging/package}, it is that one, with its own start
 * script.
 */
final class PackagedProgram {

    private static final Optional<Path> PACKAGE = Optional.ofNullable(System.getProperty("kerbearer.e2e.package"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder).toAbsolutePath());

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private PackagedProgram() {}

    /** Returns whether it contains a cache that makes its JVM start fast. */
    static boolean hasCache() {
        return PACKAGE.isPresent();
    }

    /** Returns whether {@code packaging/package} made the program, for this machine. */
    static boolean isPackage() {
        return PACKAGE.isPresent();
    }

    /** Returns the folder with most jars of the program. */
    static Path libraries() {
        return folder().resolve("lib/main");
    }

    /** Returns the folder of the program. */
    static Path folder() {
        return PACKAGE.orElseGet(() -> Path.of("target/quarkus-app").toAbsolutePath());
    }

    /** Returns its bill of materials (CycloneDX). */
    static Path billOfMaterials() {
        return PACKAGE.map(folder -> folder.resolve("kerbearer.cdx.json"))
                .orElseGet(() -> Path.of("target/quarkus-run-cyclonedx.json").toAbsolutePath());
    }

    /**
     * Builds the command with the files of an operator's package, these JVM options, this configuration, and a command
     * if given.
     */
    static ProcessBuilder start(List<String> jvmOptions, Map<String, String> configuration, String... command) {
        List<String> line = new ArrayList<>();
        PACKAGE.ifPresentOrElse(
                folder -> {
                    line.add(folder.resolve("kerbearer").toString());
                    line.addAll(List.of(command));
                    // With this option, a cache that does not fit is an error instead of only slow.
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
