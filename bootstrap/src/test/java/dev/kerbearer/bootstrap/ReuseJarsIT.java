package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars that other programs can use as dependencies (docs/reuse.md). */
class ReuseJarsIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"domain", "application"})
    void theSourceOfEachClassIsInTheJarOfSources(String module) throws IOException {
        Set<String> classes = names(jar(module, ""), ".class").stream()
                .filter(name -> !name.contains("$"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names(jar(module, "-sources"), ".java")).isNotEmpty().containsAll(classes);
    }

    @Test
    void aTestOfAnotherProgramCanUseTheContractsAndTheInMemoryPorts() throws IOException {
        List<String> classPath = new ArrayList<>(
                List.of(jar("domain", "").toString(), jar("domain", "-tests").toString()));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("junit") || jar.contains("assertj"))
                .forEach(classPath::add);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-cp", String.join(File.pathSeparator, classPath), "-d", folder.toString(), "-proc:none");
            Iterable<? extends javax.tools.JavaFileObject> test =
                    files.getJavaFileObjects(Path.of("../docs/samples/OwnStorageTest.java"));
            assertThat(compiler.getTask(complaints, files, null, options, null, test)
                            .call())
                    .as(complaints.toString())
                    .isTrue();
        }
    }

    private static Path jar(String module, String classifier) throws IOException {
        String name = "kerbearer-" + module + "-[\\d.]+(-SNAPSHOT)?" + classifier + "\\.jar";
        try (Stream<Path> files = Files.list(Path.of("..", module, "target"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name));
        }
    }

    private static Set<String> names(Path jar, String suffix) throws IOException {
        try (JarFile entries = new JarFile(jar.toFile())) {
            return entries.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
