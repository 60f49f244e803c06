package dev.kerbearer.windowsauth.der;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (ITU-T X.690) strictly: lengths are definite and in their shortest form, and no element reaches past its
 * container. Two readers of one token must never find different content in it.
 */
public final class Der {

    /** Tags, including their class and the constructed bit. */
    public static final int APPLICATION_0 = 0x60;

    public static final int APPLICATION_14 = 0x6e;
    public static final int SEQUENCE = 0x30;
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;

    private static final int CONTEXT = 0xa0;

    private final byte[] bytes;
    private final int end;
    private int position;

    private Der(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** Reads these bytes without copying them. */
    public static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** Returns the tag of the n-th member of a sequence with explicit tags. */
    public static int context(int n) {
        return CONTEXT | n;
    }

    /** Whether everything was read. */
    public boolean isAtEnd() {
        return position == end;
    }

    /** Whether the next element has that tag. */
    public boolean nextIs(int tag) {
        return position < end && (bytes[position] & 0xff) == tag;
    }

    /**
     * Enters the next element, which must have that tag, and moves past it.
     *
     * @throws MalformedToken if the next element has another tag or is cut off
     */
    public Der enter(int tag) throws MalformedToken {
        if (!nextIs(tag)) {
            throw new MalformedToken("an element with tag 0x" + Integer.toHexString(tag) + " is missing");
        }
        position++;
        int length = length();
        if (length > end - position) {
            throw new MalformedToken("an element is longer than what holds it");
        }
        Der inside = new Der(bytes, position, position + length);
        position += length;
        return inside;
    }

    /**
     * Skips the next element if it has that tag.
     *
     * @throws MalformedToken if the element is cut off
     */
    public void skipOptional(int tag) throws MalformedToken {
        if (nextIs(tag)) {
            enter(tag);
        }
    }

    /**
     * Reads the next integer.
     *
     * @throws MalformedToken if the next element is no integer, or is longer than 8 bytes
     */
    public long integer() throws MalformedToken {
        byte[] octets = enter(INTEGER).rest();
        if (octets.length == 0 || octets.length > Long.BYTES) {
            throw new MalformedToken("a number is too long");
        }
        return new BigInteger(octets).longValue();
    }

    /** Returns the rest of this element's content. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return rest;
    }

    /**
     * Requires that nothing follows.
     *
     * @throws MalformedToken if something follows
     */
    public void requireEnd() throws MalformedToken {
        if (!isAtEnd()) {
            throw new MalformedToken("something follows its end");
        }
    }

    private int length() throws MalformedToken {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets == 0 || octets > 3) {
            throw new MalformedToken("a length is indefinite or too long");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | octet();
        }
        int shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        if (shortest != octets) {
            throw new MalformedToken("a length is not in its shortest form");
        }
        return length;
    }

    private int octet() throws MalformedToken {
        if (position == end) {
            throw new MalformedToken("it is cut off");
        }
        return bytes[position++] & 0xff;
    }
}
