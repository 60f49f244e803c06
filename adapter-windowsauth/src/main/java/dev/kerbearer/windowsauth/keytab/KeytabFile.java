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
 * Reads which keys a keytab holds, in the file format 5.2 that MIT, Heimdal, Samba and Windows' {@code ktpass} write. The
 * JDK opens tickets with such a file, but tells nobody what is in it.
 */
public final class KeytabFile {

    static final int VERSION = 0x0502;

    private KeytabFile() {}

    /**
     * The names of its keys, in its order.
     *
     * @throws IOException where the file cannot be read, or is no keytab of that version
     */
    public static List<KeyName> keysIn(Path file) throws IOException {
        return heldKeysIn(file).stream().map(HeldKey::name).toList();
    }

    /**
     * Its keys, in its order. One under a name that nobody can have is passed over.
     *
     * @throws IOException where the file cannot be read, or is no keytab of that version
     */
    public static List<HeldKey> heldKeysIn(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() < Short.BYTES || bytes.getShort() != VERSION) {
            throw new IOException(file + " is no keytab");
        }
        List<HeldKey> keys = new ArrayList<>();
        try {
            while (bytes.remaining() >= Integer.BYTES) {
                int size = bytes.getInt();
                if (size == 0) {
                    break;
                }
                // A negative size is the hole that a deleted key left.
                ByteBuffer entry = bytes.slice(bytes.position(), Math.abs(size));
                bytes.position(bytes.position() + Math.abs(size));
                if (size > 0) {
                    key(entry).ifPresent(keys::add);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cutOff) {
            throw new IOException(file + " is cut off", cutOff);
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
        entry.getInt(); // the type of the name
        entry.getInt(); // when the key was written
        long version = Byte.toUnsignedLong(entry.get());
        int type = Short.toUnsignedInt(entry.getShort());
        byte[] key = octets(entry);
        // Versions past 255 follow the key.
        long wide = entry.remaining() >= Integer.BYTES ? Integer.toUnsignedLong(entry.getInt()) : 0;
        return principal(name, realm).map(principal -> new HeldKey(principal, wide == 0 ? version : wide, type, key));
    }

    private static Optional<Principal> principal(List<String> name, String realm) {
        try {
            return Optional.of(new Principal(name, realm));
        } catch (IllegalArgumentException nobodys) {
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
     * Whether others than its owner may read the file. Whoever can makes tickets for anybody.
     *
     * @throws IOException where the file cannot be looked at
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
