package dev.kerbearer.windowsauth.sid;

import dev.kerbearer.domain.identity.Sid;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the binary form of a security identifier ([MS-DTYP] section 2.4.2.2). */
public final class BinarySid {

    private static final int REVISION = 1;
    private static final int MOST_SUB_AUTHORITIES = 15;

    private BinarySid() {}

    /**
     * Reads an identifier that fills all of these bytes.
     *
     * @throws IllegalArgumentException if they are not an identifier
     */
    public static Sid read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Sid sid = read(buffer);
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("something follows the security identifier");
        }
        return sid;
    }

    /**
     * Reads the identifier in the next bytes.
     *
     * @throws IllegalArgumentException if they are not an identifier
     */
    public static Sid read(ByteBuffer bytes) {
        try {
            int revision = Byte.toUnsignedInt(bytes.get());
            int count = Byte.toUnsignedInt(bytes.get());
            if (revision != REVISION || count < 1 || count > MOST_SUB_AUTHORITIES) {
                throw new IllegalArgumentException("this is no security identifier of revision 1");
            }
            long authority = 0;
            for (int i = 0; i < 6; i++) {
                authority = authority << 8 | Byte.toUnsignedLong(bytes.get());
            }
            List<Long> subAuthorities = new ArrayList<>(count);
            ByteBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                subAuthorities.add(Integer.toUnsignedLong(numbers.getInt()));
            }
            bytes.position(bytes.position() + count * Integer.BYTES);
            return Sid.of(authority, subAuthorities);
        } catch (BufferUnderflowException cutOff) {
            throw new IllegalArgumentException("the security identifier is cut off", cutOff);
        }
    }

    /** Returns the bytes of the identifier. */
    public static byte[] write(Sid sid) {
        String[] parts = sid.text().split("-", -1);
        int count = parts.length - 3;
        ByteBuffer bytes = ByteBuffer.allocate(8 + count * Integer.BYTES);
        bytes.put((byte) REVISION).put((byte) count);
        long authority = Long.parseLong(parts[2]);
        bytes.putShort((short) (authority >>> 32)).putInt((int) authority);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 3; i < parts.length; i++) {
            bytes.putInt(Integer.parseUnsignedInt(parts[i]));
        }
        return bytes.array();
    }
}
