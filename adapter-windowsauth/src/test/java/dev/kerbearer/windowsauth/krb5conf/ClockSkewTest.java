package dev.kerbearer.windowsauth.krb5conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSkewTest {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void withoutASettingTheSkewIsFiveMinutes() throws IOException {
        assertThat(ClockSkew.of(folder.resolve("none"))).isEqualTo(FIVE_MINUTES);
        assertThat(ClockSkew.longest(folder.resolve("none")).get()).isEqualTo(FIVE_MINUTES);
        assertThatCode(() -> ClockSkew.check(folder.resolve("none"))).doesNotThrowAnyException();
        assertThat(ClockSkew.of(file("[libdefaults]\n  default_realm = A\n#  clockskew = 900\n")))
                .isEqualTo(FIVE_MINUTES);
    }

    @Test
    void theErrorNamesAnExistingFileThatCannotBeRead() throws IOException {
        assertThat(ClockSkew.unreadable(folder.resolve("none"))).isEmpty();
        assertThat(ClockSkew.unreadable(file("[libdefaults]\nclockskew = 900\n")))
                .isEmpty();
        for (String broken : List.of(
                "[libdefaults]\nclockskew = 900\n}\n", "include none\n[libdefaults]\n", "[libdefaults]\nnothing\n")) {
            Path file = file(broken);
            assertThat(ClockSkew.unreadable(file))
                    .hasValueSatisfying(
                            what -> assertThat(what).contains(file + " exists, but Java cannot read it", "Fix it: "));
        }
    }

    /** The only assertion is that the project's parser and this JDK read the same value. */
    @Test
    void everyFileIsReadAsThisJdkReadsIt() throws Exception {
        Map<Path, String> files = new LinkedHashMap<>();
        for (String content : contents()) {
            files.put(file(content), content);
        }
        List<String> ofTheJdk = askedJdk(files.keySet());
        List<String> ours = new ArrayList<>();
        for (Path file : files.keySet()) {
            ours.add(Long.toString(ClockSkew.of(file).toSeconds()));
        }
        List<String> all = List.copyOf(files.values());
        for (int i = 0; i < all.size(); i++) {
            assertThat(ours.get(i)).as(all.get(i)).isEqualTo(ofTheJdk.get(i));
        }
        assertThat(ofTheJdk).as("one value per file").hasSize(files.size()).contains("900", "300", "1", "0", "-5");
    }

    private List<String> contents() throws IOException {
        Path included = Files.createDirectories(folder.resolve("included"));
        Files.writeString(included.resolve("skew.conf"), "[libdefaults]\n clockskew = 900\n");
        Files.writeString(included.resolve("skew.conf~"), "[libdefaults]\n clockskew = 901\n");
        Files.writeString(included.resolve(".hidden.conf"), "[libdefaults]\n clockskew = 902\n");
        Files.createDirectories(included.resolve("folder"));
        Path single = Files.writeString(
                folder.resolve("single"), "include " + included.resolve("skew.conf") + "\n[realms]\nA = {\n}\n");
        List<String> contents = new ArrayList<>(List.of(
                "",
                "[libdefaults]\nclockskew=900",
                "[libdefaults]\n\tclockskew\t=\t900\t\n",
                "[LibDefaults]\nclockskew = 900\n",
                "[ libdefaults ]\nclockskew = 900\n",
                "[libdefaults]\nClockSkew = 900\n",
                "[libdefaults]\nclockskew = \"900\"\n",
                "[libdefaults]\nclockskew = ' 900 '\n",
                "[libdefaults]\nclockskew = 900\nclockskew = 1200\n",
                "[libdefaults]\nclockskew = 900\n[realms]\n[libdefaults]\nclockskew = 60\n",
                "[realms]\nclockskew = 900\n",
                "[libdefaults]\nA = {\nclockskew = 900\n}\n",
                "[libdefaults]\nA =\n{\nclockskew = 60\n}\nclockskew = 900\n",
                "[libdefaults]\nA = { x = 1\n}\nclockskew = 900\n",
                "[libdefaults]\nA = { x = 1 }\nclockskew = 900\n",
                "[libdefaults]\nclockskew = 900\nclockskew = {\na = 1\n}\n",
                "clockskew = 900\n[libdefaults]\n",
                "[libdefaults]\nclockskew = 900\n}\n",
                "[libdefaults]\nclockskew = 900\nA = {\n",
                "[libdefaults]\nclockskew = 900\nnothing\n",
                "[libdefaults\nclockskew = 900\n",
                "[]\n[libdefaults]\nclockskew = 900\n",
                "{\n[libdefaults]\nclockskew = 900\n",
                "; a comment\n[libdefaults]\n; clockskew = 1\n# clockskew = 2\nclockskew = 900\n",
                "include " + included.resolve("skew.conf") + "\n",
                "include   " + included.resolve("skew.conf") + "  \n[libdefaults]\nclockskew = 60\n",
                "includedir " + included + "\n[libdefaults]\nclockskew = 60\n",
                "includedir " + included + "\nincludedir " + included + "\n",
                "include " + single + "\n",
                "include none\n[libdefaults]\nclockskew = 900\n",
                "includedir " + folder.resolve("none") + "\n[libdefaults]\nclockskew = 900\n",
                "[libdefaults]\ninclude " + included.resolve("skew.conf") + "\n",
                "[libdefaults]\nclockskew = 900\n[other]\na = b\n"));
        for (String number : List.of(
                "0",
                "1",
                "007",
                "+900",
                "-5",
                "--5",
                "+-5",
                "-2147483648",
                "2147483647",
                "2147483648",
                "0x384",
                "0X384",
                "0x",
                "0xE10",
                "0x0000e10",
                "0x7fffffff",
                "0xffffffff",
                "0x100000000",
                "0x+5",
                "-0x5",
                "+0x5",
                "5m",
                "300s",
                "15:00",
                "900 s",
                "9e2",
                "1d",
                "900.0",
                "900 # fifteen minutes",
                "",
                "\"\"",
                "fifteen",
                "\u0663\u0660\u0660")) {
            contents.add("[libdefaults]\n clockskew = " + number + "\n");
        }
        return contents;
    }

    private static List<String> askedJdk(Iterable<Path> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
                "--add-exports=java.security.jgss/sun.security.krb5.internal=ALL-UNNAMED",
                "-cp",
                Path.of(AskedJdk.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                AskedJdk.class.getName()));
        files.forEach(file -> command.add(file.toString()));
        Process jdk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jdk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jdk.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(jdk.exitValue()).as(said).isZero();
        return said.lines().toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5m",
                "300s",
                "0X384",
                "0xffffffff",
                "-5",
                "+-5",
                "-2147483648",
                "2147483648",
                "900 # fifteen minutes",
                "",
                "{\n}"
            })
    void anUnreadableFormStopsTheStart(String value) throws IOException {
        Path included = file("[libdefaults]\nclockskew = " + value + "\n");
        for (Path file : List.of(included, file("include " + included + "\n"))) {
            assertThatThrownBy(() -> ClockSkew.check(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("clockskew in " + file)
                    .hasMessageContaining("Write only seconds");
            assertThat(ClockSkew.longest(file).get()).isEqualTo(FIVE_MINUTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"900", "+900", "0x384", "\"900\""})
    void aFormThatTheJdkReadsExtendsTheLongestSkew(String value) throws IOException {
        Path included = file("[libdefaults]\nclockskew = " + value + "\n");
        for (Path file : List.of(included, file("include " + included + "\n"))) {
            assertThatCode(() -> ClockSkew.check(file)).doesNotThrowAnyException();
            assertThat(ClockSkew.longest(file).get()).isEqualTo(Duration.ofMinutes(15));
        }
    }

    /** Another node may have the default, and the JDK may have read the file before or after the change. */
    @Test
    void theLongestSkewEverReadCountsAndIsAtLeastTheDefault() throws IOException {
        Path file = file("[libdefaults]\nclockskew = 60\n");
        Supplier<Duration> longest = ClockSkew.longest(file);
        assertThat(ClockSkew.of(file)).isEqualTo(Duration.ofMinutes(1));
        assertThat(longest.get()).isEqualTo(FIVE_MINUTES);
        Files.writeString(file, "[libdefaults]\nclockskew = 600\nclockskew = 900\n");
        assertThat(longest.get()).isEqualTo(Duration.ofMinutes(15));
        Files.writeString(file, "[libdefaults]\nclockskew = 60\n");
        assertThat(longest.get()).isEqualTo(Duration.ofMinutes(15));
        Files.delete(file);
        assertThat(longest.get()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void theFileIsTheOneThatTheJdkReads() throws IOException {
        Path javaHome = folder.resolve("jdk");
        assertThat(Krb5ConfFile.of(Optional.empty(), javaHome)).isEqualTo(Path.of("/etc/krb5.conf"));
        Path ofTheJdk = javaHome.resolve("conf/security/krb5.conf");
        Files.createDirectories(ofTheJdk.getParent());
        Files.writeString(ofTheJdk, "[libdefaults]\n");
        assertThat(Krb5ConfFile.of(Optional.empty(), javaHome)).isEqualTo(ofTheJdk);
        assertThat(Krb5ConfFile.of(Optional.of("own.conf"), javaHome)).isEqualTo(Path.of("own.conf"));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "krb5", ".conf"), content);
    }
}
