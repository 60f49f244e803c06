package dev.kerbearer.rest.json;

import java.io.Serial;
import java.nio.file.Path;

/** An import file cannot be applied; the message names the file, the line and the reason. */
public final class BadImportException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BadImportException(Path file, int line, String reason) {
        super(file + ", line " + line + ": " + reason);
    }

    BadImportException(Path file, String reason) {
        super(file + ": " + reason);
    }
}
