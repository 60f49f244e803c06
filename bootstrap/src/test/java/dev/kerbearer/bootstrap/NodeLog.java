package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The log of a node so far. Each access reads only what is new in the file. */
final class NodeLog {

    private final Path file;
    private final StringBuilder read = new StringBuilder();
    private long offset;
    private String all = "";

    NodeLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Returns the whole log so far. */
    synchronized String all() {
        readOn();
        if (read.length() > all.length()) {
            all = read.toString();
        }
        return all;
    }

    /** Returns a reader that begins at the first line. */
    Lines lines() {
        return new Lines();
    }

    /** Reads the log from where the last read stopped. */
    final class Lines {

        private int position;

        private Lines() {}

        /** Returns the complete lines that have been added since the last call. */
        String more() {
            synchronized (NodeLog.this) {
                readOn();
                int end = read.lastIndexOf("\n") + 1;
                String more = read.substring(position, Math.max(position, end));
                position = Math.max(position, end);
                return more;
            }
        }
    }

    private void readOn() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            int more = Math.toIntExact(log.length() - offset);
            byte[] bytes = new byte[Math.max(0, more)];
            log.seek(offset);
            log.readFully(bytes);
            int whole = wholeCharacters(bytes);
            // Malformed text is accepted: at TRACE a library may write any bytes.
            read.append(new String(bytes, 0, whole, StandardCharsets.UTF_8));
            offset += whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file may end in the middle of a character. */
    private static int wholeCharacters(byte[] bytes) {
        int end = bytes.length;
        int first = end - 1;
        while (first >= 0 && end - first < 4 && (bytes[first] & 0xC0) == 0x80) {
            first--;
        }
        boolean cut = first >= 0 && end - first < length(bytes[first]);
        return cut ? first : end;
    }

    private static int length(byte first) {
        int bits = first & 0xff;
        if (bits >= 0xF0) {
            return 4;
        }
        if (bits >= 0xE0) {
            return 3;
        }
        return bits >= 0xC0 ? 2 : 1;
    }
}
