package dev.kerbearer.persistence;

import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.persistence.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a data folder with an embedded PostgreSQL once, and keeps it under {@code target}. Tests that do not test
 * the first start copy it. A copy takes a fraction of a second, while a setup unpacks the programs and runs
 * {@code initdb}.
 */
public final class PreparedData {

    private static final Path TEMPLATE = Path.of("target", "prepared-data").toAbsolutePath();

    private static final String PROGRAMS = "postgresql-binaries";

    /** Files of a single run, which are not copied. */
    private static final Set<String> NOT_COPIED = Set.of("lock", "postgresql.log", "postmaster.opts");

    private PreparedData() {}

    /** Starts an embedded PostgreSQL on a copy in that folder, or on existing data there. */
    public static EmbeddedDatabase start(Path dataFolder) throws IOException {
        copyTo(dataFolder);
        return EmbeddedDatabase.start(dataFolder);
    }

    /** Fills a data folder that is missing or empty; leaves any other folder unchanged. */
    public static void copyTo(Path dataFolder) {
        try {
            PrivateFiles.createFolder(dataFolder);
            try (var content = Files.list(dataFolder)) {
                if (content.findAny().isPresent()) {
                    return;
                }
            }
            copy(template(), dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies only the programs, so that the first start sets up a database but unpacks nothing. */
    public static void copyProgramsTo(Path dataFolder) throws IOException {
        PrivateFiles.createFolder(dataFolder);
        copy(template().resolve(PROGRAMS), dataFolder.resolve(PROGRAMS));
    }

    private static synchronized Path template() throws IOException {
        if (!Files.exists(TEMPLATE)) {
            Path made = TEMPLATE.resolveSibling("preparing-" + UUID.randomUUID());
            EmbeddedDatabase database = EmbeddedDatabase.start(made);
            try {
                // A process that started a PostgreSQL before has its programs unpacked elsewhere.
                if (!Files.exists(made.resolve(PROGRAMS))) {
                    copy(programsOf(made), made.resolve(PROGRAMS));
                }
            } finally {
                database.close();
            }
            publish(made);
        }
        return TEMPLATE;
    }

    /** Publishes the template, unless another process has published the same one first. */
    private static void publish(Path made) throws IOException {
        try {
            Files.move(made, TEMPLATE, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException thereAlready) {
            if (!Files.exists(TEMPLATE)) {
                throw thereAlready;
            }
        }
    }

    /**
     * Returns the folder of the programs that run on that data. The first word of the file is
     * {@code <folder>/<version>/bin/postgres}.
     */
    private static Path programsOf(Path dataFolder) throws IOException {
        String line = Files.readString(dataFolder.resolve("postgresql/postmaster.opts"));
        return Path.of(line.substring(0, line.indexOf(' '))).resolve("../../..").normalize();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(folder, target(folder), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (FileAlreadyExistsException thereAlready) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(file.getFileName().toString())) {
                    copyFile(file, target(file));
                }
                return FileVisitResult.CONTINUE;
            }

            /**
             * Copies the folder's time. From it the library knows that the programs are fully unpacked; otherwise it
             * unpacks again.
             */
            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault) throws IOException {
                if (fault != null) {
                    throw fault;
                }
                Files.setLastModifiedTime(target(folder), Files.getLastModifiedTime(folder));
                return FileVisitResult.CONTINUE;
            }

            private Path target(Path source) {
                return to.resolve(from.relativize(source).toString());
            }
        });
    }

    /** Links the programs instead of copying them, because nobody writes to them, unless on another disk. */
    private static void copyFile(Path file, Path target) throws IOException {
        if (file.toString().contains(PROGRAMS)) {
            try {
                Files.createLink(target, file);
                return;
            } catch (FileSystemException anotherDisk) {
                // Copy instead.
            }
        }
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
