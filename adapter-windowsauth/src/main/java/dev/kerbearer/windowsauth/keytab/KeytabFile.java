package dev.kerbearer.windowsauth.keytab;

import dev.kerbearer.domain.identity.Principal;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the keys of a keytab in file format 5.2, which MIT, Heimdal, Samba and Windows' {@code ktpass} write. The JDK
 * opens tickets with such a file, but does not list its keys.
 */
public final class KeytabFile {

    static final int VERSION = 0x0502;

    private KeytabFile() {}

    /**
     * Returns the names of the keys, in file order.
     *
     * @throws IOException if the file cannot be read, or is not a keytab of that version
     */
    public static List<KeyName> keysIn(Path file) throws IOException {
        return heldKeysIn(file).stream().map(HeldKey::name).toList();
    }

    /**
     * Returns the keys, in file order. A key with an invalid principal is skipped.
     *
     * @throws IOException if the file cannot be read, or is not a keytab of that version
     */
    public static List<HeldKey> heldKeysIn(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() < Short.BYTES || bytes.getShort() != VERSION) {
            throw new IOException("it is no keytab");
        }
        List<HeldKey> keys = new ArrayList<>();
        try {
            while (bytes.remaining() >= Integer.BYTES) {
                int size = bytes.getInt();
                if (size == 0) {
                    break;
                }
                // A negative size marks the gap of a deleted key.
                ByteBuffer entry = bytes.slice(bytes.position(), Math.abs(size));
                bytes.position(bytes.position() + Math.abs(size));
                if (size > 0) {
                    key(entry).ifPresent(keys::add);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cutOff) {
            throw new IOException("it is cut off", cutOff);
        }
        return keys;
    }

    private static Optional<HeldKey> key(ByteBuffer entry) {
        int components = Short.toUnsignedInt(entry.getShort());
        String realm = text(entry);
        List<String> name = new ArrayList<>();
        for (int i = 0; i < components; i++) {
            name.add(text(entry));
        }
        entry.getInt(); // the name type
        entry.getInt(); // the time when the key was written
        long version = Byte.toUnsignedLong(entry.get());
        int type = Short.toUnsignedInt(entry.getShort());
        byte[] key = octets(entry);
        // Versions above 255 follow the key.
        long wide = entry.remaining() >= Integer.BYTES ? Integer.toUnsignedLong(entry.getInt()) : 0;
        return principal(name, realm).map(principal -> new HeldKey(principal, wide == 0 ? version : wide, type, key));
    }

    private static Optional<Principal> principal(List<String> name, String realm) {
        try {
            return Optional.of(new Principal(name, realm));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private static String text(ByteBuffer entry) {
        return new String(octets(entry), StandardCharsets.UTF_8);
    }

    private static byte[] octets(ByteBuffer entry) {
        byte[] bytes = new byte[Short.toUnsignedInt(entry.getShort())];
        entry.get(bytes);
        return bytes;
    }

    /**
     * Returns why no key of this file can be used; empty if it is a readable keytab.
     *
     * @return the end of a sentence that begins with the name of the file
     */
    public static Optional<String> fault(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.of("is missing or cannot be read");
        }
        try {
            return keysIn(file).isEmpty() ? Optional.of("holds no key") : Optional.empty();
        } catch (IOException malformed) {
            return Optional.of("cannot be used: " + malformed.getMessage());
        }
    }

    /**
     * Whether users other than the owner may read the file. Anybody who can read it can make tickets for any user.
     *
     * @throws IOException if the permissions cannot be read
     */
    public static boolean othersMayRead(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ);
    }
}
