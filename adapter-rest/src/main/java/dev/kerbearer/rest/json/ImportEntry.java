package dev.kerbearer.rest.json;

import java.nio.file.Path;

/**
 * An entry of an import file.
 *
 * @param file the file of the entry
 * @param line the line where the entry begins
 * @param number its number in the file, from 1
 * @param value the entry itself
 */
record ImportEntry<T>(Path file, int line, int number, T value) {

    /** Returns the place of this entry. The number distinguishes entries in the same line. */
    String placeAsSeenFrom(ImportEntry<T> other) {
        return "line " + line + " (entry " + number + ")" + (file.equals(other.file()) ? "" : " of " + file);
    }

    BadImportException refused(String reason) {
        return new BadImportException(file, line, reason);
    }
}
