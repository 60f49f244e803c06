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
    private static final byte[] KERBEROS = HexFormat.of().parseHex("2a864886f712010202");
    private static final List<byte[]> NAMES_OF_KERBEROS = List.of(
            KERBEROS,
            HexFormat.of().parseHex("2a864882f712010202"),
            HexFormat.of().parseHex("2b05010502"));

    private final byte[] mechanismList;
    private final byte[] preferred;
    private final boolean isForNtlm;
    private final Optional<byte[]> token;

    private SpnegoOffer(byte[] mechanismList, byte[] preferred, boolean isForNtlm, Optional<byte[]> token) {
        this.mechanismList = mechanismList;
        this.preferred = preferred;
        this.isForNtlm = isForNtlm;
        this.token = token;
    }

    private static SpnegoOffer of(byte[] mechanismList, List<byte[]> mechanisms, Optional<byte[]> token) {
        byte[] preferred = mechanisms.isEmpty() ? new byte[0] : mechanisms.get(0);
        boolean beginsWithTicket = isOneOf(NAMES_OF_KERBEROS, preferred) && token.isPresent();
        boolean isForNtlm = isOneOf(mechanisms, NTLM) && !beginsWithTicket;
        boolean isKnown = beginsWithTicket || Arrays.equals(preferred, NTLM);
        return new SpnegoOffer(mechanismList, preferred, isForNtlm, isKnown ? token : Optional.empty());
    }

    /** Returns the offer as it is kept until the handshake goes on: the token can be long, and is not needed again. */
    public SpnegoOffer withoutToken() {
        return new SpnegoOffer(mechanismList, preferred, isForNtlm, Optional.empty());
    }

    /** Whether a token claims to be SPNEGO; it may still be malformed. */
    public static boolean isBegunBy(byte[] bytes) {
        try {
            return Arrays.equals(
                    Der.of(bytes)
                            .enter(Der.APPLICATION_0)
                            .enter(Der.OBJECT_IDENTIFIER)
                            .rest(),
                    SPNEGO);
        } catch (MalformedToken another) {
            return false;
        }
    }

    /** Whether an object identifier is the standard one of Kerberos (RFC 4121 section 4.1). */
    public static boolean isKerberos(byte[] mechanism) {
        return Arrays.equals(mechanism, KERBEROS);
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

    /** Whether the client prefers Kerberos, under its standard OID or under the additional one of Windows. */
    public boolean prefersKerberos() {
        return isOneOf(NAMES_OF_KERBEROS, preferred);
    }

    /** Returns the client's preferred mechanism as the client names it; empty if the list is empty. */
    public byte[] preferred() {
        return preferred.clone();
    }

    /** Whether the client supports NTLM and does not start with a Kerberos ticket. */
    public boolean isForNtlm() {
        return isForNtlm;
    }

    private static boolean isOneOf(List<byte[]> mechanisms, byte[] one) {
        return mechanisms.stream().anyMatch(mechanism -> Arrays.equals(mechanism, one));
    }

    /** Returns the token of the preferred mechanism, if that is NTLM or Kerberos. */
    public Optional<byte[]> token() {
        return token;
    }
}
