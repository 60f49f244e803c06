package dev.kerbearer.windowsauth;

import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.keytab.KeyName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first token of a Negotiate exchange that carries a Kerberos AP-REQ: raw, in Kerberos's own framing (RFC 4121
 * section 4.1), or in SPNEGO (RFC 4178).
 */
final class NegotiateToken {

    private static final byte[] SPNEGO = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x02);
    private static final byte[] KERBEROS = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02);
    private static final byte[] AP_REQ_ID = {0x01, 0x00};
    private static final byte[] NTLM = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    /** What every operator comes upon, said where he looks. */
    private static final String NO_TICKET =
            "the client, as a rule a browser, sent NTLM because it had no ticket for this"
                    + " service: check the service principal (setspn -Q HTTP/<host> names one account) and that the browser has"
                    + " this host in its intranet zone";

    private final byte[] bytes;
    private final ApReq apReq;

    private NegotiateToken(byte[] bytes, ApReq apReq) {
        this.bytes = bytes;
        this.apReq = apReq;
    }

    /** The token as it came; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Which key its ticket was made with, by what is readable of it. */
    KeyName key() {
        return apReq.key();
    }

    /** By which its AP-REQ is known again, however it is wrapped. */
    SignInDigest digest() {
        return apReq.digest();
    }

    /** The AP-REQ in it. */
    ApReq apReq() {
        return apReq;
    }

    /**
     * Reads a token.
     *
     * @throws MalformedToken where it is not of these forms; the message says what it looks like
     */
    static NegotiateToken read(byte[] token) throws MalformedToken {
        if (startsWith(token, NTLM)) {
            throw new MalformedToken("it is an NTLM message: " + NO_TICKET);
        }
        Der outermost = Der.of(token);
        Der framing = outermost.enter(Der.APPLICATION_0);
        outermost.requireEnd();
        byte[] mechanism = framing.enter(Der.OBJECT_IDENTIFIER).rest();
        if (Arrays.equals(mechanism, SPNEGO)) {
            return new NegotiateToken(token, apReqOf(mechanismToken(framing)));
        }
        if (Arrays.equals(mechanism, KERBEROS)) {
            return new NegotiateToken(token, apReqIn(framing));
        }
        throw new MalformedToken("its mechanism is neither SPNEGO nor Kerberos");
    }

    /** NegTokenInit's mechToken (RFC 4178 section 4.2.1): the first choice of the client, which must be Kerberos. */
    private static Der mechanismToken(Der framing) throws MalformedToken {
        Der init = framing.enter(Der.context(0));
        framing.requireEnd();
        Der members = init.enter(Der.SEQUENCE);
        init.requireEnd();
        members.enter(Der.context(0));
        members.skipOptional(Der.context(1));
        if (!members.nextIs(Der.context(2))) {
            throw new MalformedToken("it proposes mechanisms but carries no ticket");
        }
        Der holder = members.enter(Der.context(2));
        byte[] mechanismToken = holder.enter(Der.OCTET_STRING).rest();
        holder.requireEnd();
        members.skipOptional(Der.context(3));
        members.requireEnd();
        if (startsWith(mechanismToken, NTLM)) {
            throw new MalformedToken("it carries NTLM: " + NO_TICKET);
        }
        return Der.of(mechanismToken);
    }

    private static ApReq apReqOf(Der mechanismToken) throws MalformedToken {
        Der framing = mechanismToken.enter(Der.APPLICATION_0);
        mechanismToken.requireEnd();
        if (!Arrays.equals(framing.enter(Der.OBJECT_IDENTIFIER).rest(), KERBEROS)) {
            throw new MalformedToken("the mechanism that it prefers is not Kerberos");
        }
        return apReqIn(framing);
    }

    private static ApReq apReqIn(Der framing) throws MalformedToken {
        byte[] rest = framing.rest();
        if (!startsWith(rest, AP_REQ_ID)) {
            throw new MalformedToken("it carries no AP-REQ");
        }
        return ApReq.read(Arrays.copyOfRange(rest, AP_REQ_ID.length, rest.length));
    }

    private static boolean startsWith(byte[] token, byte[] prefix) {
        return token.length >= prefix.length && Arrays.equals(token, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] oid(int... octets) {
        byte[] oid = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            oid[i] = (byte) octets[i];
        }
        return oid;
    }
}
