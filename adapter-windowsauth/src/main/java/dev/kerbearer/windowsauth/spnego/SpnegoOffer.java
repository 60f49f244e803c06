package dev.kerbearer.windowsauth.spnego;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The first token of SPNEGO, NegTokenInit (RFC 4178 section 4.2.1): the mechanisms that the client supports. */
public final class SpnegoOffer {

    static final byte[] NTLM = HexFormat.of().parseHex("2b06010401823702020a");

    /** Long enough for all existing mechanisms, and short enough to keep during a handshake. */
    private static final int LONGEST_LIST = 512;

    private static final byte[] SPNEGO = HexFormat.of().parseHex("2b0601050502");
    static final byte[] KERBEROS = HexFormat.of().parseHex("2a864886f712010202");
    private static final List<byte[]> NAMES_OF_KERBEROS = List.of(
            KERBEROS,
            HexFormat.of().parseHex("2a864882f712010202"),
            HexFormat.of().parseHex("2b05010502"));

    private final byte[] mechanismList;
    private final byte[] preferred;
    private final Way way;
    private final Optional<byte[]> token;

    /** The next step of the exchange. */
    private enum Way {
        TICKET,
        ASK_FOR_TICKET,
        NTLM,
        NONE
    }

    private SpnegoOffer(byte[] mechanismList, byte[] preferred, Way way, Optional<byte[]> token) {
        this.mechanismList = mechanismList;
        this.preferred = preferred;
        this.way = way;
        this.token = token;
    }

    private static SpnegoOffer of(byte[] mechanismList, List<byte[]> mechanisms, Optional<byte[]> token) {
        byte[] preferred = mechanisms.isEmpty() ? new byte[0] : mechanisms.get(0);
        Way way = way(mechanisms, preferred, token);
        boolean isKnown = way == Way.TICKET || Arrays.equals(preferred, NTLM);
        return new SpnegoOffer(mechanismList, preferred, way, isKnown ? token : Optional.empty());
    }

    /**
     * A client may begin with a mechanism that is not supported here, such as NEGOEX of Windows. Then the first
     * supported mechanism of the client's list is chosen (RFC 4178 section 4.2.2).
     */
    private static Way way(List<byte[]> mechanisms, byte[] preferred, Optional<byte[]> token) {
        boolean startsWithKerberos = isOneOf(NAMES_OF_KERBEROS, preferred);
        if (startsWithKerberos && token.isPresent()) {
            return Way.TICKET;
        }
        Way otherwise = isOneOf(mechanisms, NTLM) ? Way.NTLM : Way.NONE;
        if (startsWithKerberos || !isKerberosChosen(mechanisms)) {
            return otherwise;
        }
        return token.filter(SpnegoOffer::isFramedAsKerberos).isPresent() ? Way.TICKET : Way.ASK_FOR_TICKET;
    }

    /** Returns whether Kerberos is the first supported mechanism in the client's list. */
    private static boolean isKerberosChosen(List<byte[]> mechanisms) {
        return mechanisms.stream()
                .filter(mechanism -> Arrays.equals(mechanism, NTLM) || isOneOf(NAMES_OF_KERBEROS, mechanism))
                .findFirst()
                .filter(mechanism -> !Arrays.equals(mechanism, NTLM))
                .isPresent();
    }

    /** Returns the offer as it is kept until the handshake goes on: the token can be long, and is not needed again. */
    public SpnegoOffer withoutToken() {
        return new SpnegoOffer(mechanismList, preferred, way, Optional.empty());
    }

    /** Whether a token has the framing of Kerberos (RFC 4121 section 4.1); it may still be malformed. */
    public static boolean isFramedAsKerberos(byte[] bytes) {
        return isFramedAs(KERBEROS, bytes);
    }

    /** Whether a token claims to be SPNEGO; it may still be malformed. */
    public static boolean isBegunBy(byte[] bytes) {
        return isFramedAs(SPNEGO, bytes);
    }

    private static boolean isFramedAs(byte[] mechanism, byte[] bytes) {
        try {
            return Arrays.equals(
                    Der.of(bytes)
                            .enter(Der.APPLICATION_0)
                            .enter(Der.OBJECT_IDENTIFIER)
                            .rest(),
                    mechanism);
        } catch (MalformedToken another) {
            return false;
        }
    }

    /** Whether an object identifier is the standard one of Kerberos (RFC 4121 section 4.1). */
    public static boolean isKerberos(byte[] mechanism) {
        return Arrays.equals(mechanism, KERBEROS);
    }

    /** Returns the standard object identifier of Kerberos. */
    public static byte[] standardNameOfKerberos() {
        return KERBEROS.clone();
    }

    /**
     * Reads a token.
     *
     * @throws MalformedToken if it is not a NegTokenInit
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
        return of(DerElement.of(Der.SEQUENCE, list), mechanisms(list), token);
    }

    private static List<byte[]> mechanisms(byte[] list) throws MalformedToken {
        Der members = Der.of(list);
        List<byte[]> mechanisms = new ArrayList<>();
        while (!members.isAtEnd()) {
            mechanisms.add(members.enter(Der.OBJECT_IDENTIFIER).rest());
        }
        return mechanisms;
    }

    /** Reads an optional octet string member. */
    static Optional<byte[]> octets(Der members, int number) throws MalformedToken {
        if (!members.nextIs(Der.context(number))) {
            return Optional.empty();
        }
        Der holder = members.enter(Der.context(number));
        byte[] octets = holder.enter(Der.OCTET_STRING).rest();
        holder.requireEnd();
        return Optional.of(octets);
    }

    /** Returns the bytes that the signature of the list covers (RFC 4178 section 5); do not change them. */
    public byte[] mechanismList() {
        return mechanismList;
    }

    /** Whether the client prefers NTLM. */
    public boolean prefersNtlm() {
        return Arrays.equals(preferred, NTLM);
    }

    /** Whether Kerberos is the client's first choice, or the first that is supported here. */
    public boolean isForKerberos() {
        return way == Way.TICKET || way == Way.ASK_FOR_TICKET || isOneOf(NAMES_OF_KERBEROS, preferred);
    }

    /** Returns whether the client must be asked for its ticket, because the client began with another mechanism. */
    public boolean mustBeAskedForTicket() {
        return way == Way.ASK_FOR_TICKET;
    }

    /**
     * Returns the object identifier of Kerberos: the client's own one if Kerberos is its first choice, otherwise the
     * standard one.
     */
    public byte[] nameOfKerberos() {
        return (isOneOf(NAMES_OF_KERBEROS, preferred) ? preferred : KERBEROS).clone();
    }

    /** Whether the client supports NTLM, and neither starts with a Kerberos ticket nor must be asked for one. */
    public boolean isForNtlm() {
        return way == Way.NTLM;
    }

    private static boolean isOneOf(List<byte[]> mechanisms, byte[] one) {
        return mechanisms.stream().anyMatch(mechanism -> Arrays.equals(mechanism, one));
    }

    /** Returns the first token of NTLM or Kerberos. */
    public Optional<byte[]> token() {
        return token;
    }
}
