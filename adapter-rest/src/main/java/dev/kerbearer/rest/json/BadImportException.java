package dev.kerbearer.rest.json;

import java.io.Serial;
import java.nio.file.Path;

/** An import file that cannot be applied: which, where and why. */
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
