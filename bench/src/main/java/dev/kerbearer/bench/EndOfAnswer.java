package dev.kerbearer.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds the end of an HTTP/1.1 answer of known length. */
final class EndOfAnswer {

    private EndOfAnswer() {}

    /** Returns where the first answer in the buffer ends; negative if it is incomplete. */
    static int of(ByteBuffer in) {
        byte[] bytes = in.array();
        int length = 0;
        int line = 0;
        for (int i = 0; i + 1 < in.position(); i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                if (i == line) {
                    return in.position() >= i + 2 + length ? i + 2 + length : -1;
                }
                length = Math.max(length, contentLength(bytes, line, i));
                line = i + 2;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int from, int to) {
        String name = "content-length:";
        if (to - from < name.length() || (bytes[from] | 0x20) != 'c' || (bytes[from + 8] | 0x20) != 'l') {
            return 0;
        }
        String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return line.regionMatches(true, 0, name, 0, name.length())
                ? Integer.parseInt(line.substring(name.length()).strip())
                : 0;
    }
}
