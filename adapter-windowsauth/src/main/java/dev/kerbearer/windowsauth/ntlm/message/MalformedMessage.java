package dev.kerbearer.windowsauth.ntlm.message;

/** Bytes that are not an NTLM message, or a message that is not accepted from any client. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param why what is wrong, in a few words for the caller; must not depend on the user
     */
    public MalformedMessage(String why) {
        super(why, null, false, false);
    }

    /** Returns what is wrong. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
