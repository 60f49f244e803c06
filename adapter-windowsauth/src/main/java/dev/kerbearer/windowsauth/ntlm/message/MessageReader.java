package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fixed part of a message and the fields that it points to, never past the end of the message. */
public final class MessageReader {

    public static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer message;
    private final int header;

    private MessageReader(ByteBuffer message, int header) {
        this.message = message;
        this.header = header;
    }

    /**
     * Returns a reader of a message, without copying it.
     *
     * @param header the length of its fixed part
     */
    static MessageReader of(byte[] bytes, int type, int header) throws MalformedMessage {
        if (bytes.length < header) {
            throw new MalformedMessage("it is cut off");
        }
        if (typeOf(bytes) != type) {
            throw new MalformedMessage("it is not of type " + type);
        }
        return new MessageReader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), header);
    }

    /** Returns the type that the message states; 0 if the bytes are not an NTLM message. */
    public static int typeOf(byte[] bytes) {
        int length = SIGNATURE.length;
        boolean signed =
                bytes.length >= length + Integer.BYTES && Arrays.equals(bytes, 0, length, SIGNATURE, 0, length);
        return signed ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length) : 0;
    }

    int flags(int at) {
        return message.getInt(at);
    }

    byte[] bytes(int at, int length) {
        byte[] bytes = new byte[length];
        message.get(at, bytes);
        return bytes;
    }

    /** Returns the content of a field. The field holds length, allocated length and offset (section 2.2.1). */
    byte[] field(int at) throws MalformedMessage {
        int length = Short.toUnsignedInt(message.getShort(at));
        if (length == 0) {
            return new byte[0];
        }
        long offset = Integer.toUnsignedLong(message.getInt(at + 4));
        if (offset < header || offset + length > message.capacity()) {
            throw new MalformedMessage("a field points outside of it");
        }
        return bytes(Math.toIntExact(offset), length);
    }

    /** Returns the lowest offset of these fields that are not empty; the end of the message if all are empty. */
    int firstOf(int... fields) {
        long first = message.capacity();
        for (int at : fields) {
            if (message.getShort(at) != 0) {
                first = Math.min(first, Integer.toUnsignedLong(message.getInt(at + 4)));
            }
        }
        return Math.toIntExact(first);
    }
}
