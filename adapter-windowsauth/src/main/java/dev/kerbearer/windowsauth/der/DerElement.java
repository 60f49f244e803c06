package dev.kerbearer.windowsauth.der;

import java.io.ByteArrayOutputStream;

/** Writes a DER element (ITU-T X.690), as {@link Der} reads it. */
public final class DerElement {

    private DerElement() {}

    /** Returns an element with that tag, whose content is these parts in order. */
    public static byte[] of(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 6);
        element.write(tag);
        writeLength(length, element);
        for (byte[] part : parts) {
            element.writeBytes(part);
        }
        return element.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream to) {
        if (length < 0x80) {
            to.write(length);
            return;
        }
        int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        to.write(0x80 | octets);
        for (int octet = octets - 1; octet >= 0; octet--) {
            to.write(length >> (8 * octet));
        }
    }
}
