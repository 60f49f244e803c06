package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The third message: the user's name and proof ([MS-NLMP] section 2.2.1.3).
 *
 * @param flags the flags agreed in the end
 * @param domain the user's domain as the client sent it; may be empty
 * @param user the user's name as the client sent it
 * @param response the proof
 * @param sessionKey the encrypted session key; of its full length if a key is exchanged
 * @param mayHoldMic whether there is room for an integrity code before the first field
 * @param bytes the message as received; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read, not compared.
public record AuthenticateMessage(
        int flags,
        String domain,
        String user,
        NtlmV2Response response,
        byte[] sessionKey,
        boolean mayHoldMic,
        byte[] bytes) {

    public static final int TYPE = 3;
    public static final int MIC = 72;
    public static final int MIC_LENGTH = 16;

    private static final int HEADER = 64;
    private static final int LM_RESPONSE = 12;
    private static final int NT_RESPONSE = 20;
    private static final int DOMAIN = 28;
    private static final int USER = 36;
    private static final int WORKSTATION = 44;
    private static final int SESSION_KEY = 52;
    private static final int FLAGS = 60;

    /**
     * Reads a message.
     *
     * @param agreed the flags of the challenge that it answers; they decide the text encoding
     */
    public static AuthenticateMessage read(byte[] bytes, int agreed) throws MalformedMessage {
        MessageReader message = MessageReader.of(bytes, TYPE, HEADER);
        message.field(LM_RESPONSE);
        message.field(WORKSTATION);
        // The OEM charset is unknown beyond ASCII.
        Charset charset = Flags.has(agreed, Flags.UNICODE) ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII;
        int flags = message.flags(FLAGS) & agreed;
        byte[] sessionKey = message.field(SESSION_KEY);
        if (Flags.has(flags, Flags.KEY_EXCHANGE) && sessionKey.length != SessionKey.LENGTH) {
            throw new MalformedMessage("its session key is missing or of a wrong length");
        }
        int payload = message.firstOf(LM_RESPONSE, NT_RESPONSE, DOMAIN, USER, WORKSTATION, SESSION_KEY);
        return new AuthenticateMessage(
                flags,
                text(message.field(DOMAIN), charset),
                text(message.field(USER), charset),
                NtlmV2Response.read(message.field(NT_RESPONSE)),
                sessionKey,
                payload >= MIC + MIC_LENGTH,
                bytes);
    }

    private static String text(byte[] bytes, Charset charset) throws MalformedMessage {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage("a name in it is not text");
        }
    }

    public byte[] mic() {
        return Arrays.copyOfRange(bytes, MIC, MIC + MIC_LENGTH);
    }

    /** Returns the message as it was when its integrity code was computed: with that field zero. */
    public byte[] bytesWithoutMic() {
        byte[] without = bytes.clone();
        Arrays.fill(without, MIC, MIC + MIC_LENGTH, (byte) 0);
        return without;
    }

    /** Hides the proof. */
    @Override
    public String toString() {
        return "AuthenticateMessage[hidden]";
    }
}
