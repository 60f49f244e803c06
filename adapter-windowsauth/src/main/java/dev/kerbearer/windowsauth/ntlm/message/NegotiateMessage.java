package dev.kerbearer.windowsauth.ntlm.message;

/**
 * The first message: the client's capabilities ([MS-NLMP] section 2.2.1.1). The domain and workstation in it are not
 * trusted, so they are not read.
 *
 * @param flags the offered flags
 * @param bytes the message as received; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read, not compared.
public record NegotiateMessage(int flags, byte[] bytes) {

    public static final int TYPE = 1;

    /** Far more than any client sends, and small enough to keep for ten thousand clients. */
    static final int LONGEST = 1024;

    private static final int HEADER = 16;
    private static final int FLAGS = 12;

    public static NegotiateMessage read(byte[] bytes) throws MalformedMessage {
        if (bytes.length > LONGEST) {
            throw new MalformedMessage("it is too long");
        }
        return new NegotiateMessage(MessageReader.of(bytes, TYPE, HEADER).flags(FLAGS), bytes);
    }
}
