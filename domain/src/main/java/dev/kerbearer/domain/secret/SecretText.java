package dev.kerbearer.domain.secret;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the text of a secret from the content of a file. Editors on Windows write a byte order mark before the text.
 * Without this class, the mark would silently become a part of the secret.
 */
public final class SecretText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final byte[][] MARKS_OF_UTF_16 = {{(byte) 0xff, (byte) 0xfe}, {(byte) 0xfe, (byte) 0xff}};

    private SecretText() {}

    /**
     * Returns the text without a byte order mark at the beginning and without one line end at the end.
     *
     * @throws IllegalArgumentException if the content is not UTF-8; the message does not contain the secret
     */
    public static String of(byte[] content) {
        String text = decoded(content);
        String value = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        String line = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
        return line.length() < value.length() && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** The message names UTF-16, because PowerShell and older editors on Windows write UTF-16. */
    private static String decoded(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException(
                    isUtf16(content) ? "it is UTF-16: save it as UTF-8" : "it is not UTF-8 text: save it as UTF-8");
        }
    }

    private static boolean isUtf16(byte[] content) {
        for (byte[] mark : MARKS_OF_UTF_16) {
            if (content.length >= mark.length && content[0] == mark[0] && content[1] == mark[1]) {
                return true;
            }
        }
        return false;
    }
}
