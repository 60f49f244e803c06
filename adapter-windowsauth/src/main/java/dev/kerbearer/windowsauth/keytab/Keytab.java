package dev.kerbearer.windowsauth.keytab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A keytab file, read again whenever it has changed. */
public final class Keytab {

    private final Path file;
    private volatile Content content = new Content(Optional.empty(), List.of());

    /** The keys that were read, and the state of the file then. */
    private record Content(Optional<State> state, List<HeldKey> keys) {}

    /** Identifies a version of the file. */
    private record State(
            FileTime modified, long size, @Nullable Object file) {}

    /**
     * Creates the keytab without reading the file.
     *
     * @param file need not exist yet
     */
    public Keytab(Path file) {
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Returns the keys, in file order; none if the file is missing or cannot be read. */
    public List<HeldKey> keys() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Optional<State> now =
                    Optional.of(new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
            Content known = content;
            if (!known.state().equals(now)) {
                known = new Content(now, KeytabFile.heldKeysIn(file));
                content = known;
            }
            return known.keys();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
