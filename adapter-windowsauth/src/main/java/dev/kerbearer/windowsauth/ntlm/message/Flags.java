package dev.kerbearer.windowsauth.ntlm.message;

/** The flags that client and server negotiate ([MS-NLMP] section 2.2.2.5). */
public final class Flags {

    public static final int UNICODE = 0x00000001;
    public static final int OEM = 0x00000002;
    public static final int REQUEST_TARGET = 0x00000004;
    public static final int SIGN = 0x00000010;
    public static final int SEAL = 0x00000020;
    public static final int NTLM = 0x00000200;
    public static final int ALWAYS_SIGN = 0x00008000;
    static final int TARGET_TYPE_SERVER = 0x00020000;
    public static final int EXTENDED_SESSION_SECURITY = 0x00080000;
    static final int TARGET_INFO = 0x00800000;
    public static final int VERSION = 0x02000000;
    public static final int KEY_128 = 0x20000000;
    public static final int KEY_EXCHANGE = 0x40000000;
    public static final int KEY_56 = 0x80000000;

    private static final int KEPT =
            UNICODE | OEM | REQUEST_TARGET | SIGN | SEAL | ALWAYS_SIGN | VERSION | KEY_128 | KEY_EXCHANGE | KEY_56;

    /** Set even if not offered: without extended session security some clients, such as curl, answer with version 1. */
    private static final int ALWAYS = NTLM | EXTENDED_SESSION_SECURITY | TARGET_INFO;

    private Flags() {}

    public static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    /** Returns the server's flags for the client's offer (section 3.2.5.1.1). */
    public static int answerTo(int offered) throws MalformedMessage {
        if (!has(offered, UNICODE | OEM)) {
            throw new MalformedMessage("it offers no character encoding");
        }
        int kept = has(offered, UNICODE) ? offered & KEPT & ~OEM : offered & KEPT;
        return kept | ALWAYS | (has(offered, REQUEST_TARGET) ? TARGET_TYPE_SERVER : 0);
    }
}
