package dev.kerbearer.windowsauth.pac;

import java.io.Serial;

/** Bytes that are not a PAC, or a PAC that cannot be trusted. */
public final class MalformedPac extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedPac(String what) {
        super(what);
    }

    MalformedPac(String what, Throwable cause) {
        super(what, cause);
    }
}
