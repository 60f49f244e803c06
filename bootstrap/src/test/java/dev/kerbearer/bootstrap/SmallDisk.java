package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A separate file system that can be filled. Needs root. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one of that size in that folder. */
    static SmallDisk mount(Path folder, int mebibytes) {
        run(List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=700", "kerbearer-test", folder.toString()));
        return new SmallDisk(folder);
    }

    /** Fills it to the last byte. */
    void fill() throws IOException {
        byte[] block = new byte[1 << 16];
        for (int length = block.length; length > 0; length /= 2) {
            try (OutputStream ballast =
                    Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    ballast.write(block, 0, length);
                }
            } catch (IOException noRoomForSoMuch) {
                if (Files.getFileStore(folder).getUsableSpace() == 0) {
                    return;
                }
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        run(List.of("umount", "-l", folder.toString()));
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("This suite fills a small file system, and needs root to mount one; \""
                        + String.join(" ", command) + "\" says: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
