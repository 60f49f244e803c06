package dev.kerbearer.windowsauth.ntlm.message;

/**
 * The first message: what the client can do ([MS-NLMP] section 2.2.1.1). Where he says he is from is not believed, and
 * so not read.
 *
 * @param flags what he offers
 * @param bytes the message as it came; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read, not compared.
public record NegotiateMessage(int flags, byte[] bytes) {

    public static final int TYPE = 1;

    /** Far more than any client sends, and little enough to be kept for each of ten thousand. */
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
