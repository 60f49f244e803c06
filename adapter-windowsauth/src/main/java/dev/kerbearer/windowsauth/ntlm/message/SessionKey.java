package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The key that client and server share after a right proof ({@code ExportedSessionKey}), and its signatures. Printing,
 * logging or serialising this object never shows the key.
 */
public final class SessionKey {

    static final int LENGTH = 16;

    private static final int CHECKSUM = 8;
    private static final int VERSION = 1;

    private final byte[] key;
    private final int flags;

    private SessionKey(byte[] key, int flags) {
        this.key = key;
        this.flags = flags;
    }

    /**
     * Returns the key of a message. With extended session security and version 2, {@code KXKEY} equals the session base
     * key.
     */
    public static SessionKey of(byte[] sessionBaseKey, AuthenticateMessage message) {
        boolean exchanged = Flags.has(message.flags(), Flags.KEY_EXCHANGE);
        byte[] key = exchanged ? OldCiphers.rc4(sessionBaseKey, message.sessionKey()) : sessionBaseKey;
        return new SessionKey(key, message.flags());
    }

    public static SessionKey ofBytes(byte[] key, int flags) {
        return new SessionKey(key, flags);
    }

    /** Returns the integrity code of the three messages ([MS-NLMP] section 3.1.5.1.2). */
    public byte[] mic(byte[] negotiate, byte[] challenge, byte[] authenticateWithoutMic) {
        return OldCiphers.hmacMd5(key, negotiate, challenge, authenticateWithoutMic);
    }

    /** The side that signs. */
    public enum Side {
        /** The client. */
        CLIENT("client-to-server"),
        /** The server. */
        SERVER("server-to-client");

        private final String direction;

        Side(String direction) {
            this.direction = direction;
        }
    }

    /** Returns that side's signature of its first signed text ([MS-NLMP] section 3.4.4.2). */
    public byte[] sign(Side side, byte[] text) {
        byte[] sequence = new byte[Integer.BYTES];
        byte[] signingKey = derived(key, "session key to " + side.direction + " signing key magic constant\0");
        byte[] checksum = Arrays.copyOf(OldCiphers.hmacMd5(signingKey, sequence, text), CHECKSUM);
        if (Flags.has(flags, Flags.KEY_EXCHANGE)) {
            checksum = OldCiphers.rc4(sealingKey(side), checksum);
        }
        return ByteBuffer.allocate(Integer.BYTES + CHECKSUM + sequence.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION)
                .put(checksum)
                .put(sequence)
                .array();
    }

    /** Returns whether this is that side's signature of its first signed text. */
    public boolean isSignature(Side side, byte[] text, byte[] signature) {
        return MessageDigest.isEqual(sign(side, text), signature);
    }

    /** Returns the {@code SEALKEY} ([MS-NLMP] section 3.4.5.3). A client without 128-bit support gets a shorter key. */
    private byte[] sealingKey(Side side) {
        int length = Flags.has(flags, Flags.KEY_128) ? LENGTH : Flags.has(flags, Flags.KEY_56) ? 7 : 5;
        return derived(
                Arrays.copyOf(key, length), "session key to " + side.direction + " sealing key magic constant\0");
    }

    private static byte[] derived(byte[] key, String constant) {
        return OldCiphers.md5(key, constant.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "SessionKey[hidden]";
    }
}
