package dev.kerbearer.windowsauth.pac;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The part of the network data representation ([C706] chapter 14, [MS-RPCE] section 2.2.6) that a PAC needs. The target
 * of a pointer follows the structure that holds the pointer, in the order of the pointers.
 */
final class Ndr {

    private static final int VERSION = 1;
    private static final int LITTLE_ENDIAN = 0x10;

    private final ByteBuffer bytes;

    /**
     * Skips the two headers of a serialised type.
     *
     * @throws MalformedPac if they are of another version
     */
    Ndr(ByteBuffer bytes) throws MalformedPac {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.get() != VERSION || bytes.get() != LITTLE_ENDIAN || bytes.getShort() != Long.BYTES) {
            throw new MalformedPac("the PAC has an unknown encoding");
        }
        skip(Integer.BYTES + 2 * Integer.BYTES);
    }

    int int32() {
        align();
        return bytes.getInt();
    }

    /** Reads a pointer and returns whether it is set. */
    boolean pointer() {
        return int32() != 0;
    }

    /**
     * Reads the number of elements that follow.
     *
     * @param expected the number that an earlier field stated
     * @param size the minimum size of an element in bytes, so that no array is allocated for missing elements
     */
    int count(int expected, int size) throws MalformedPac {
        int count = int32();
        if (count != expected || count < 0 || (long) count * size > bytes.remaining()) {
            throw new MalformedPac("an array of the PAC has another length than stated");
        }
        return count;
    }

    /** Reads a text's two lengths and its pointer, and returns whether the pointer is set. */
    boolean textPointer() {
        int32();
        return pointer();
    }

    /** Reads the text that a pointer refers to. */
    String text() throws MalformedPac {
        int32();
        int offset = int32();
        int actual = int32();
        if (offset != 0 || actual < 0 || (long) actual * Character.BYTES > bytes.remaining()) {
            throw new MalformedPac("a text of the PAC has an unknown encoding");
        }
        return utf16(bytes, actual * Character.BYTES);
    }

    /** Returns the remaining bytes, aligned. */
    ByteBuffer rest() {
        align();
        return bytes;
    }

    void skip(long length) {
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + (int) length);
    }

    private void align() {
        skip(-bytes.position() & (Integer.BYTES - 1));
    }

    /** Reads that many bytes as text. */
    static String utf16(ByteBuffer bytes, int length) {
        byte[] text = new byte[Math.min(length, bytes.remaining())];
        if (text.length < length) {
            throw new BufferUnderflowException();
        }
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_16LE);
    }
}
