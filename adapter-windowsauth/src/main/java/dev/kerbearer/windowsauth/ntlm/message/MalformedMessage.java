package dev.kerbearer.windowsauth.ntlm.message;

/** An NTLM message that is none, or that is not accepted from anybody. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param why what is wrong, in a few words for the caller; nothing that depends on who he is
     */
    public MalformedMessage(String why) {
        super(why, null, false, false);
    }

    /** What is wrong. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
