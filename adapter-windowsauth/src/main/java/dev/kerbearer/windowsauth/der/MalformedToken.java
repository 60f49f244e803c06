package dev.kerbearer.windowsauth.der;

/** Reports that a token is malformed. The message says why and contains nothing of the token. */
public final class MalformedToken extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with the reason. */
    public MalformedToken(String why) {
        super(why, null, false, false);
    }
}
