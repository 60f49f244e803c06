package dev.kerbearer.domain.port;

import java.io.Serial;

/** Something outside cannot be reached now; nothing was changed, or nothing is known to have been. */
public final class Unavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String what;

    /**
     * @param what the part that is away, in one public word: {@code storage}, {@code directory}
     * @param cause what was seen
     */
    public Unavailable(String what, Throwable cause) {
        super(what + " unavailable", cause);
        this.what = what;
    }

    /** The part that is away, in one public word. */
    public String what() {
        return what;
    }
}
