package dev.kerbearer.windowsauth.spnego;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The first token of SPNEGO, NegTokenInit (RFC 4178 section 4.2.1): which mechanisms the client can do. */
public final class SpnegoOffer {

    static final byte[] NTLM = HexFormat.of().parseHex("2b06010401823702020a");

    /** Enough for every mechanism there is, and little enough to be kept while a handshake is half done. */
    private static final int LONGEST_LIST = 512;

    private static final byte[] SPNEGO = HexFormat.of().parseHex("2b0601050502");
    private static final List<byte[]> KERBEROS = List.of(
            HexFormat.of().parseHex("2a864886f712010202"), HexFormat.of().parseHex("2a864882f712010202"));

    private final byte[] mechanismList;
    private final byte[] preferred;
    private final boolean isForNtlm;
    private final Optional<byte[]> token;

    private SpnegoOffer(byte[] mechanismList, List<byte[]> mechanisms, Optional<byte[]> token) {
        this.mechanismList = mechanismList;
        this.preferred = mechanisms.isEmpty() ? new byte[0] : mechanisms.get(0);
        this.isForNtlm = isOneOf(mechanisms, NTLM) && !(prefersKerberos() && token.isPresent());
        // Another's token is of no use, and would be kept while the handshake is half done.
        this.token = prefersNtlm() || prefersKerberos() ? token : Optional.empty();
    }

    /** Whether a token says of itself that it is one; it may be none still. */
    public static boolean isBegunBy(byte[] bytes) {
        try {
            return Arrays.equals(
                    Der.of(bytes).enter(Der.APPLICATION_0).enter(Der.OBJECT_IDENTIFIER).rest(), SPNEGO);
        } catch (MalformedToken another) {
            return false;
        }
    }

    /**
     * Reads a token.
     *
     * @throws MalformedToken where it is another
     */
    public static SpnegoOffer read(byte[] bytes) throws MalformedToken {
        Der outermost = Der.of(bytes);
        Der framing = outermost.enter(Der.APPLICATION_0);
        outermost.requireEnd();
        if (!Arrays.equals(framing.enter(Der.OBJECT_IDENTIFIER).rest(), SPNEGO)) {
            throw new MalformedToken("it is not of SPNEGO");
        }
        Der init = framing.enter(Der.context(0));
        framing.requireEnd();
        Der members = init.enter(Der.SEQUENCE);
        init.requireEnd();
        Der listHolder = members.enter(Der.context(0));
        byte[] list = listHolder.enter(Der.SEQUENCE).rest();
        listHolder.requireEnd();
        members.skipOptional(Der.context(1));
        Optional<byte[]> token = octets(members, 2);
        members.skipOptional(Der.context(3));
        members.requireEnd();
        if (list.length > LONGEST_LIST) {
            throw new MalformedToken("it offers too many mechanisms");
        }
        return new SpnegoOffer(DerElement.of(Der.SEQUENCE, list), mechanisms(list), token);
    }

    private static List<byte[]> mechanisms(byte[] list) throws MalformedToken {
        Der members = Der.of(list);
        List<byte[]> mechanisms = new ArrayList<>();
        while (!members.isAtEnd()) {
            mechanisms.add(members.enter(Der.OBJECT_IDENTIFIER).rest());
        }
        return mechanisms;
    }

    /** An optional member that is a string of octets. */
    static Optional<byte[]> octets(Der members, int number) throws MalformedToken {
        if (!members.nextIs(Der.context(number))) {
            return Optional.empty();
        }
        Der holder = members.enter(Der.context(number));
        byte[] octets = holder.enter(Der.OCTET_STRING).rest();
        holder.requireEnd();
        return Optional.of(octets);
    }

    /** What the signature of the list covers (RFC 4178 section 5); not to be changed. */
    public byte[] mechanismList() {
        return mechanismList;
    }

    /** Whether NTLM is what the client likes best. */
    public boolean prefersNtlm() {
        return Arrays.equals(preferred, NTLM);
    }

    /** Whether Kerberos is what the client likes best, by its own name or by the one that Windows gives it too. */
    public boolean prefersKerberos() {
        return isOneOf(KERBEROS, preferred);
    }

    /** What the client likes best, by the name that the client gives it; empty where the list is. */
    public byte[] preferred() {
        return preferred.clone();
    }

    /** Whether the client can do NTLM, and does not begin with a Kerberos ticket. */
    public boolean isForNtlm() {
        return isForNtlm;
    }

    private static boolean isOneOf(List<byte[]> mechanisms, byte[] one) {
        return mechanisms.stream().anyMatch(mechanism -> Arrays.equals(mechanism, one));
    }

    /** What the mechanism has to say that the client likes best, where that is NTLM or Kerberos. */
    public Optional<byte[]> token() {
        return token;
    }
}
