package dev.kerbearer.domain.port;

import java.io.Serial;

/** An external system cannot be reached now. As far as is known, nothing was changed. */
public final class Unavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String what;

    /**
     * @param what the unavailable part, in one public word: {@code storage}, {@code directory}
     * @param cause the original error
     */
    public Unavailable(String what, Throwable cause) {
        super(what + " unavailable", cause);
        this.what = what;
    }

    /** Returns the unavailable part, in one public word. */
    public String what() {
        return what;
    }
}
