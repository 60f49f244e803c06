package dev.kerbearer.rest.json;

import java.nio.file.Path;

/**
 * An entry of an import file.
 *
 * @param file the file that has it
 * @param line the line in which it begins
 * @param number its number in the file, from 1
 * @param value the entry itself
 */
record ImportEntry<T>(Path file, int line, int number, T value) {

    /** Returns where this entry is. The number tells the entries of one line apart. */
    String placeAsSeenFrom(ImportEntry<T> other) {
        return "line " + line + " (entry " + number + ")" + (file.equals(other.file()) ? "" : " of " + file);
    }

    BadImportException refused(String reason) {
        return new BadImportException(file, line, reason);
    }
}
