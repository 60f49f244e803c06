package dev.kerbearer.rest.edge.connection;

import java.io.Serial;

/** The request names a version of HTTP that this decoder does not support. */
public final class UnsupportedVersion extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnsupportedVersion(String version) {
        super("not decoded: " + version);
    }
}
