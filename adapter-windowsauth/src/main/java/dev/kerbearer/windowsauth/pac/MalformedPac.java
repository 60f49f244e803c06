package dev.kerbearer.windowsauth.pac;

import java.io.Serial;

/** Bytes that are no PAC, or not one that is to be believed. */
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
