package dev.kerbearer.windowsauth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second parser of a client's last message, written directly after [MS-NLMP]. It computes the proof of a password and
 * the integrity code of the messages. It checks no limits, because it only reads accepted messages.
 */
final class PlainReading {

    private final byte[] type3;
    private final ByteBuffer message;
    private final int agreed;

    PlainReading(byte[] type3, byte[] type2) {
        this.type3 = type3;
        this.message = ByteBuffer.wrap(type3).order(ByteOrder.LITTLE_ENDIAN);
        this.agreed = ByteBuffer.wrap(type2).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
    }

    private byte[] field(int at) {
        int length = Short.toUnsignedInt(message.getShort(at));
        int offset = message.getInt(at + 4);
        return length == 0 ? new byte[0] : Arrays.copyOfRange(type3, offset, offset + length);
    }

    private String text(int at) {
        Charset charset = (agreed & 1) != 0 ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII;
        return new String(field(at), charset);
    }

    String user() {
        return text(36);
    }

    byte[] proof() {
        return Arrays.copyOf(field(20), 16);
    }

    /** Returns the proof for this hash. */
    byte[] proof(byte[] ntHash, byte[] serverChallenge) throws GeneralSecurityException {
        byte[] response = field(20);
        return hmac(responseKey(ntHash), join(serverChallenge, Arrays.copyOfRange(response, 16, response.length)));
    }

    /** Supports ASCII names only: upper case of other letters is not the subject of these tests. */
    private byte[] responseKey(byte[] ntHash) throws GeneralSecurityException {
        return hmac(ntHash, (user().toUpperCase(Locale.ROOT) + text(28)).getBytes(StandardCharsets.UTF_16LE));
    }

    byte[] mic() {
        return Arrays.copyOfRange(type3, 72, 88);
    }

    /** Returns the integrity code for this hash. */
    byte[] mic(byte[] ntHash, byte[] type1, byte[] type2) throws GeneralSecurityException {
        byte[] base = hmac(responseKey(ntHash), proof());
        boolean exchanged = (message.getInt(60) & agreed & 0x40000000) != 0;
        byte[] key = exchanged ? rc4(base, field(52)) : base;
        byte[] without = type3.clone();
        Arrays.fill(without, 72, 88, (byte) 0);
        return hmac(key, join(join(type1, type2), without));
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(key, "HmacMD5"));
        return mac.doFinal(text);
    }

    private static byte[] rc4(byte[] key, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RC4");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "RC4"));
        return cipher.doFinal(text);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
