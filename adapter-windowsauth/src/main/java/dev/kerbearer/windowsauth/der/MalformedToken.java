package dev.kerbearer.windowsauth.der;

/** A token that is none; the message says what is wrong with it, and holds nothing of it. */
public final class MalformedToken extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says why it is none. */
    public MalformedToken(String why) {
        super(why, null, false, false);
    }
}
