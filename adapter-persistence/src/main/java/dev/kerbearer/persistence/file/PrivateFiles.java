package dev.kerbearer.persistence.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Files and folders that only their owner may read, if the file system supports owners. */
public final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
    }

    /** Returns the message for a data folder, or a folder in it, that cannot be written. */
    public static String cannotWrite(Path folder) {
        return "kerbearer.data-dir: the folder " + folder + " cannot be written by the user "
                + System.getProperty("user.name")
                + ": give it to that user (chown), or set kerbearer.data-dir to another"
                + " folder";
    }

    /** Returns whether the folder can be written, or created if it is missing. Changes nothing. */
    public static boolean canWrite(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isDirectory(existing) && Files.isWritable(existing);
    }

    /** Removes other users' access to a folder. */
    public static void close(Path folder) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes("rw-------"));
        } catch (FileAlreadyExistsException alreadyThere) {
            // An earlier start created it with the same permissions.
            return;
        }
    }

    /**
     * Returns the secret in the file. If the file is empty or missing, a random secret of {@code bytes} bytes is
     * written first.
     */
    public static String secretIn(Path file, int bytes, Base64.Encoder encoder) throws IOException {
        createFile(file);
        String kept = Files.readString(file).strip();
        if (!kept.isEmpty()) {
            return kept;
        }
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        String drawn = encoder.encodeToString(random);
        write(file, drawn);
        return drawn;
    }

    /** Writes a secret and forces it to disk before returning: it must not be lost once something relies on it. */
    private static void write(Path file, String secret) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
