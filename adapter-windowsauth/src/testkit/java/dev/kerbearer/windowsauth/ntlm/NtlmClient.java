package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.password.Password;
import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.MessageReader;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.OldCiphers;
import dev.kerbearer.windowsauth.ntlm.message.PasswordProof;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** An NTLM client for tests. It behaves like Windows unless told otherwise. */
public final class NtlmClient {

    private static final int HEADER = AuthenticateMessage.MIC + AuthenticateMessage.MIC_LENGTH;
    private static final int OFFERED = Flags.UNICODE
            | Flags.OEM
            | Flags.REQUEST_TARGET
            | Flags.SIGN
            | Flags.SEAL
            | Flags.NTLM
            | Flags.ALWAYS_SIGN
            | Flags.EXTENDED_SESSION_SECURITY
            | Flags.VERSION
            | Flags.KEY_128
            | Flags.KEY_EXCHANGE
            | Flags.KEY_56;
    private static final byte[] EXPORTED_KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private final String domain;
    private final String user;
    private final Password password;
    private int offered = OFFERED;
    private boolean mic = true;
    private byte[] binding = {};
    private Optional<String> target = Optional.empty();
    private boolean targetIsTrusted = true;
    private byte[] type1 = {};
    private SessionKey sessionKey = SessionKey.ofBytes(EXPORTED_KEY, OFFERED);

    private NtlmClient(String domain, String user, Password password) {
        this.domain = domain;
        this.user = user;
        this.password = password;
    }

    public static NtlmClient of(String domain, String user, String password) {
        return new NtlmClient(domain, user, Password.of(password));
    }

    /** Sends no integrity code, like curl and Java. */
    public NtlmClient withoutMic() {
        mic = false;
        return this;
    }

    /** Offers other flags, for example those of curl, which offers neither Unicode nor a key exchange. */
    public NtlmClient offering(int flags) {
        offered = flags;
        return this;
    }

    /** Sets the channel binding that the client claims: 16 bytes. */
    public NtlmClient on(byte[] channelBinding) {
        binding = channelBinding;
        return this;
    }

    /** Sets the service principal name that the client signs in to. Windows sends an empty name if it knows none. */
    public NtlmClient to(String servicePrincipal) {
        target = Optional.of(servicePrincipal);
        return this;
    }

    /** Marks the name of the service as coming from an untrusted source. */
    public NtlmClient fromUntrustedSource() {
        targetIsTrusted = false;
        return this;
    }

    /** Returns the first message. */
    public byte[] negotiate() {
        type1 = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MessageReader.SIGNATURE)
                .putInt(NegotiateMessage.TYPE)
                .putInt(offered)
                .array();
        return type1;
    }

    /** Returns the answer to a challenge. */
    public byte[] authenticate(byte[] type2) {
        try {
            return authenticate(ChallengeMessage.read(type2), type2);
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    private byte[] authenticate(ChallengeMessage challenge, byte[] type2) {
        TargetInformation said = challenge.target();
        int flags = (mic ? 2 : 0) + (targetIsTrusted ? 0 : 4);
        if (flags != 0) {
            said = said.with(TargetInformation.FLAGS, new byte[] {(byte) flags, 0, 0, 0});
        }
        if (target.isPresent()) {
            said = said.with(TargetInformation.TARGET_NAME, TargetInformation.utf16(target.get()));
        }
        if (binding.length > 0) {
            said = said.with(TargetInformation.CHANNEL_BINDINGS, binding);
        }
        byte[] statement = statement(said.bytes());
        PasswordProof key = PasswordProof.of(NtHash.of(password), user, domain);
        byte[] proof = key.over(challenge.serverChallenge(), statement);
        byte[] base = key.sessionBaseKey(proof);
        boolean exchanged = Flags.has(challenge.flags(), Flags.KEY_EXCHANGE);
        sessionKey = SessionKey.ofBytes(exchanged ? EXPORTED_KEY : base, challenge.flags());
        byte[] response = Arrays.copyOf(proof, proof.length + statement.length);
        System.arraycopy(statement, 0, response, proof.length, statement.length);
        byte[] message =
                message(challenge.flags(), response, exchanged ? OldCiphers.rc4(base, EXPORTED_KEY) : new byte[0]);
        if (mic) {
            byte[] code = sessionKey.mic(type1, type2, message);
            System.arraycopy(code, 0, message, AuthenticateMessage.MIC, code.length);
        }
        return message;
    }

    private static byte[] statement(byte[] target) {
        return ByteBuffer.allocate(28 + target.length + 4)
                .put((byte) 1)
                .put((byte) 1)
                .position(16)
                .put("nonce of".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put(target)
                .array();
    }

    private byte[] message(int flags, byte[] response, byte[] key) {
        byte[][] fields = {{}, response, text(flags, domain), text(flags, user), text(flags, "PC"), key};
        int length =
                HEADER + Arrays.stream(fields).mapToInt(field -> field.length).sum();
        ByteBuffer message = ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MessageReader.SIGNATURE)
                .putInt(AuthenticateMessage.TYPE);
        int offset = HEADER;
        for (byte[] field : fields) {
            ChallengeMessage.putField(message, field.length, offset);
            offset += field.length;
        }
        message.putInt(flags).position(HEADER);
        for (byte[] field : fields) {
            message.put(field);
        }
        return message.array();
    }

    private static byte[] text(int flags, String text) {
        return Flags.has(flags, Flags.UNICODE)
                ? TargetInformation.utf16(text)
                : text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the client's signature of its first signed text, after it has answered. */
    public byte[] sign(byte[] text) {
        return sessionKey.sign(SessionKey.Side.CLIENT, text);
    }

    /** Returns whether this is the server's signature of its first signed text. */
    public boolean isServersSignature(byte[] text, byte[] signature) {
        return sessionKey.isSignature(SessionKey.Side.SERVER, text, signature);
    }
}
