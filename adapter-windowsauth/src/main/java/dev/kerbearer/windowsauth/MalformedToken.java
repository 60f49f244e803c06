package dev.kerbearer.windowsauth;

/** A token that is none. */
final class MalformedToken extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedToken(String why) {
        super(why, null, false, false);
    }
}
