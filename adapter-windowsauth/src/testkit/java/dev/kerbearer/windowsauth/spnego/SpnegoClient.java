package dev.kerbearer.windowsauth.spnego;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The client side of SPNEGO, for tests. */
public final class SpnegoClient {

    public static final byte[] NTLM = SpnegoOffer.NTLM;
    public static final byte[] KERBEROS = hex("2a864886f712010202");
    public static final byte[] NEGOEX = hex("2b06010401823702021e");

    private static final byte[] SPNEGO = hex("2b0601050502");

    private SpnegoClient() {}

    /** Returns the encoded list of mechanisms, over which the signature is made. */
    public static byte[] mechanismList(byte[]... mechanisms) {
        return DerElement.of(
                Der.SEQUENCE,
                Arrays.stream(mechanisms)
                        .map(oid -> DerElement.of(Der.OBJECT_IDENTIFIER, oid))
                        .toArray(byte[][]::new));
    }

    /** Returns the first token. */
    public static byte[] offer(byte[] mechanismList, Optional<byte[]> token) {
        return DerElement.of(
                Der.APPLICATION_0,
                DerElement.of(Der.OBJECT_IDENTIFIER, SPNEGO),
                DerElement.of(
                        Der.context(0),
                        DerElement.of(Der.SEQUENCE, DerElement.of(Der.context(0), mechanismList), member(2, token))));
    }

    /** Returns a later token. */
    public static byte[] answer(byte[] token, Optional<byte[]> listSignature) {
        return DerElement.of(
                Der.context(1), DerElement.of(Der.SEQUENCE, member(2, Optional.of(token)), member(3, listSignature)));
    }

    private static byte[] member(int number, Optional<byte[]> octets) {
        return octets.map(bytes -> DerElement.of(Der.context(number), DerElement.of(Der.OCTET_STRING, bytes)))
                .orElse(new byte[0]);
    }

    /** Returns the mechanism's token in the server's answer. */
    public static Optional<byte[]> tokenIn(byte[] answer) {
        return read(answer).token();
    }

    /** Returns the server's signature of the mechanism list. */
    public static Optional<byte[]> signatureIn(byte[] answer) {
        return read(answer).listSignature();
    }

    private static SpnegoAnswer read(byte[] answer) {
        try {
            return SpnegoAnswer.read(answer);
        } catch (MalformedToken e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
