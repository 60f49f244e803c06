package dev.kerbearer.rest.edge.connection;

import java.io.Serial;

/** A request names a version of HTTP that is not decoded here. */
public final class UnsupportedVersion extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnsupportedVersion(String version) {
        super("not decoded: " + version);
    }
}
