package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kerbearer}, the start script of the package. It is installed in a folder with a blank and an umlaut in its
 * name, and runs in the locale {@code C}.
 */
class LauncherIT {

    private InstalledProgram program;

    @BeforeEach
    void install() throws IOException {
        program = InstalledProgram.install();
    }

    @Test
    void itPrintsItsUsageAndItsVersion() throws Exception {
        InstalledProgram.Outcome help = program.run("\"$kerbearer\" --help");
        assertThat(help.exit()).as(help.said()).isZero();
        assertThat(help.said()).startsWith("Usage: kerbearer ").contains("  doctor ", "  version ");
        InstalledProgram.Outcome version = program.run("\"$kerbearer\" --version");
        assertThat(version.exit()).as(version.said()).isZero();
        assertThat(version.said()).matches("Kerbearer \\d+\\.\\d+\\.\\d+\\S* \\(Java .*, Linux .*\\)\n");
    }

    @Test
    void anUnknownCommandIsRefusedWithTheListOfCommands() throws Exception {
        InstalledProgram.Outcome refused = program.run("\"$kerbearer\" -Dkerbearer.data-dir=none docter");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.said()).contains("there is no command \"docter\"; the commands are doctor, help, version");
        assertThat(program.folder().resolve("none")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dkerbearer.public-url=https://auth.invalid doctor",
                "doctor -Dkerbearer.public-url=https://auth.invalid"
            })
    void anOptionMayStandOnEitherSideOfTheCommand(String arguments) throws Exception {
        InstalledProgram.Outcome visit = program.run("\"$kerbearer\" " + arguments);
        assertThat(visit.exit()).isOne();
        assertThat(visit.said()).contains("ask for HTTP/auth.invalid").endsWith(" doubtful\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s \"$kerbearer\" link; ./link",
                "mkdir bin; ln -s \"../$umlaut/program/kerbearer\" bin/kerbearer; PATH=$PWD/bin:$PATH; kerbearer",
                "ln -s \"$umlaut/program\" current; ln -s current/kerbearer first; ln -s first second; ./second",
                "cd \"$umlaut/program\"; ./kerbearer",
                "cd \"$umlaut\"; CDPATH=/usr; export CDPATH; sh program/kerbearer",
                "PATH=$JAVA_HOME/bin:$PATH; unset JAVA_HOME; \"$kerbearer\""
            })
    void itFindsItsFilesWhereverItIsCalledFrom(String call) throws Exception {
        InstalledProgram.Outcome version = program.run(call + " version");
        assertThat(version.exit()).as(version.said()).isZero();
        assertThat(version.said()).startsWith("Kerbearer ");
    }

    @Test
    void aMissingJavaIsNamed() throws Exception {
        InstalledProgram.Outcome refused = program.run("JAVA_HOME=/none; export JAVA_HOME; \"$kerbearer\" version");
        assertThat(refused.exit()).isOne();
        assertThat(refused.said())
                .contains("there is no Java in JAVA_HOME (/none)")
                .contains("install JDK 17");
    }

    /** This JDK is a script that prints its arguments. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCacheIsGivenOnlyToTheJdkThatMadeIt(boolean isThatJdk) throws Exception {
        InstalledProgram.Outcome arguments = program.run("""
                mkdir -p jdk/bin
                printf '#!/bin/sh\\nfor each; do echo "$each"; done\\n' >jdk/bin/java
                chmod +x jdk/bin/java
                echo 'JAVA_VERSION="25.0.1"' >jdk/release
                echo 'JAVA_VERSION="%s"' >"$umlaut/program/jdk.new"
                mv "$umlaut/program/jdk.new" "$umlaut/program/kerbearer.jdk"
                JAVA_HOME=$PWD/jdk
                "$kerbearer" '-Dkey=two words'
                """.formatted(isThatJdk ? "25.0.1" : "25.0.2"));
        assertThat(arguments.said().contains("/program/kerbearer.aot\n")).isEqualTo(isThatJdk);
        assertThat(arguments.said()).contains("\n-Dkey=two words\n-jar\n").endsWith("/program/quarkus-run.jar\n");
    }

    /**
     * At a good start, the output has only lines of the service, which begin with the time. The start needs no folder
     * for temporary files.
     */
    @Test
    void aNodeStartsWithItsDataInSuchAFolderAndTheJvmPrintsNothing() throws Exception {
        InstalledProgram.Outcome node = program.start("");
        assertThat(node.exit()).as(node.said()).isEqualTo(143);
        assertThat(node.said()).contains("Listening on: ");
        assertThat(node.said().lines())
                .allMatch(line -> line.matches("20\\d\\d-\\d\\d-\\d\\d .*"), "a line of the service");
        assertThat(node.said()).doesNotContain(" ERROR ");
    }
}
