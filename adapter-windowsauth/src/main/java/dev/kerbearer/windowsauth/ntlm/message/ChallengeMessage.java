package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The second message: the server's challenge ([MS-NLMP] section 2.2.1.2).
 *
 * @param flags the agreed flags
 * @param serverChallenge 8 random bytes
 * @param target the server's names
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read, not compared.
public record ChallengeMessage(int flags, byte[] serverChallenge, TargetInformation target) {

    static final int TYPE = 2;

    private static final int HEADER = 56;
    private static final int HEADER_WITHOUT_VERSION = 48;
    private static final int FLAGS = 20;
    private static final int CHALLENGE = 24;
    private static final int TARGET_INFO = 40;

    /** Windows 7, NTLM revision 15 (section 2.2.2.10); no client reads it. */
    private static final byte[] VERSION = {6, 1, 0, 0, 0, 0, 0, 15};

    public byte[] bytes() {
        byte[] name = targetName();
        byte[] info = target.bytes();
        ByteBuffer message = ByteBuffer.allocate(HEADER + name.length + info.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MessageReader.SIGNATURE)
                .putInt(TYPE);
        putField(message, name.length, HEADER)
                .putInt(flags)
                .put(serverChallenge)
                .putLong(0);
        putField(message, info.length, HEADER + name.length)
                .put(Flags.has(flags, Flags.VERSION) ? VERSION : new byte[VERSION.length])
                .put(name)
                .put(info);
        return message.array();
    }

    private byte[] targetName() {
        if (!Flags.has(flags, Flags.REQUEST_TARGET)) {
            return new byte[0];
        }
        return Flags.has(flags, Flags.UNICODE)
                ? TargetInformation.utf16(target.domain())
                : target.domain().getBytes(StandardCharsets.US_ASCII);
    }

    public static ByteBuffer putField(ByteBuffer message, int length, int offset) {
        return message.putShort((short) length).putShort((short) length).putInt(offset);
    }

    /** Reads the message of another server. */
    public static ChallengeMessage read(byte[] bytes) throws MalformedMessage {
        MessageReader message = MessageReader.of(bytes, TYPE, HEADER_WITHOUT_VERSION);
        return new ChallengeMessage(
                message.flags(FLAGS),
                message.bytes(CHALLENGE, 8),
                TargetInformation.read(message.field(TARGET_INFO), 0));
    }
}
