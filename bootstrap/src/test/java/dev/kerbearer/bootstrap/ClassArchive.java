package dev.kerbearer.bootstrap;

import dev.kerbearer.persistence.PreparedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The classes of the packaged program as the JVM stores them (CDS archive). The first start writes the archive under
 * {@code target}; with it, later starts need a quarter less work. A package with its own cache needs no archive.
 */
final class ClassArchive {

    private static final int LIMIT_SECONDS = 180;

    private static List<String> options = List.of();
    private static boolean made;

    private ClassArchive() {}

    /** Returns the JVM options for the start of a node. */
    static synchronized List<String> options(List<String> jvmOptions) {
        if (!made && !PackagedProgram.hasCache()) {
            made = true;
            try {
                Path archive = archive();
                if (Files.exists(archive) || write(archive, jvmOptions)) {
                    options = List.of("-XX:SharedArchiveFile=" + archive);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return options;
    }

    /** Returns the archive for this program and this JVM. The JVM itself checks again whether it fits. */
    private static Path archive() throws IOException {
        long program = Files.getLastModifiedTime(PackagedProgram.folder().resolve("quarkus-run.jar"))
                .toMillis();
        return Path.of(
                        "target",
                        "classes-%d-%s.jsa".formatted(program, Runtime.version().feature()))
                .toAbsolutePath();
    }

    /** Returns whether the JVM has written an archive. Without one, nodes start more slowly. */
    private static boolean write(Path archive, List<String> jvmOptions) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/e2e")), "classes")
                .toAbsolutePath();
        PreparedData.copyTo(folder.resolve("data"));
        Path written = folder.resolve("classes.jsa");
        List<String> all = new ArrayList<>(jvmOptions);
        all.add("-XX:ArchiveClassesAtExit=" + written);
        Map<String, String> configuration = new TreeMap<>(
                Map.of("quarkus.http.port", "0", "quarkus.management.port", "0", "quarkus.shutdown.delay", "0s"));
        NodeLog log = new NodeLog(folder.resolve("node.log"));
        Process node = PackagedProgram.start(all, configuration)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.file().toFile())
                .start();
        for (int tenths = 0; tenths < 10 * LIMIT_SECONDS && node.isAlive(); tenths++) {
            if (log.all().contains("Listening on: ")) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        node.destroy();
        if (!node.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            node.destroyForcibly();
        }
        if (!Files.exists(written)) {
            System.out.println("The JVM wrote no archive of classes, so nodes start without:\n" + log.all());
            return false;
        }
        Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }
}
