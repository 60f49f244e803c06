package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.ApReq;
import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;
import dev.kerbearer.windowsauth.spnego.SpnegoOffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first token of a Negotiate exchange that carries a Kerberos AP-REQ: raw, in Kerberos's own framing (RFC 4121
 * section 4.1), or in SPNEGO (RFC 4178).
 */
public final class NegotiateToken {

    private static final byte[] AP_REQ_ID = {0x01, 0x00};
    private static final byte[] NTLM = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    /** Every operator meets this problem, so the log explains it. */
    private static final String NO_TICKET =
            "the client, as a rule a browser, sent NTLM because it had no ticket for this"
                    + " service: check the service principal (setspn -Q HTTP/<host> names one account) and that the browser has"
                    + " this host in its intranet zone";

    private final byte[] ofKerberos;
    private final Optional<byte[]> nameInSpnego;
    private final ApReq apReq;

    private NegotiateToken(byte[] ofKerberos, Optional<byte[]> nameInSpnego) throws MalformedToken {
        this.ofKerberos = ofKerberos;
        this.nameInSpnego = nameInSpnego;
        this.apReq = apReqIn(ofKerberos, nameInSpnego.isPresent());
    }

    /** Returns the Kerberos token in its own framing; do not change it. */
    public byte[] ofKerberos() {
        return ofKerberos;
    }

    /**
     * Returns the answer to the whole token, once the ticket is accepted.
     *
     * @param ofKerberos the Kerberos reply; absent if the client asks for none
     * @return absent if there is nothing to send
     */
    Optional<byte[]> answered(Optional<byte[]> ofKerberos) {
        return nameInSpnego.isPresent() ? Optional.of(SpnegoAnswer.done(nameInSpnego.get(), ofKerberos)) : ofKerberos;
    }

    /** Returns the name of the key that the ticket was made with, read from its plain part. */
    KeyName key() {
        return apReq.key();
    }

    /** Returns the digest that identifies the AP-REQ, whatever wraps it. */
    public SignInDigest digest() {
        return apReq.digest();
    }

    /** Returns the AP-REQ in the token. */
    ApReq apReq() {
        return apReq;
    }

    /**
     * Reads a token.
     *
     * @throws MalformedToken if it has none of these forms; the message says what it looks like
     */
    public static NegotiateToken read(byte[] token) throws MalformedToken {
        if (startsWith(token, NTLM)) {
            throw new MalformedToken("it is an NTLM message: " + NO_TICKET);
        }
        return SpnegoOffer.isBegunBy(token) ? of(SpnegoOffer.read(token)) : new NegotiateToken(token, Optional.empty());
    }

    /**
     * Reads the first token of SPNEGO, which must carry a ticket.
     *
     * @throws MalformedToken if it carries no ticket
     */
    public static NegotiateToken of(SpnegoOffer offer) throws MalformedToken {
        Optional<byte[]> token = offer.token();
        if (token.isPresent() && startsWith(token.get(), NTLM)) {
            throw new MalformedToken("it carries NTLM: " + NO_TICKET);
        }
        if (!offer.isForKerberos()) {
            throw new MalformedToken("the mechanism that it prefers is not Kerberos");
        }
        return new NegotiateToken(
                token.orElseThrow(() -> new MalformedToken("it proposes mechanisms but carries no ticket")),
                Optional.of(offer.nameOfKerberos()));
    }

    /**
     * Reads a later token of SPNEGO, with the ticket that the client was asked for.
     *
     * @throws MalformedToken if it carries no ticket
     */
    public static NegotiateToken of(SpnegoAnswer answer) throws MalformedToken {
        return new NegotiateToken(
                answer.token().orElseThrow(() -> new MalformedToken("it carries no ticket")),
                Optional.of(SpnegoOffer.standardNameOfKerberos()));
    }

    private static ApReq apReqIn(byte[] ofKerberos, boolean inSpnego) throws MalformedToken {
        Der token = Der.of(ofKerberos);
        Der framing = token.enter(Der.APPLICATION_0);
        token.requireEnd();
        if (!SpnegoOffer.isKerberos(framing.enter(Der.OBJECT_IDENTIFIER).rest())) {
            throw new MalformedToken(
                    inSpnego ? "its token is not one of Kerberos" : "its mechanism is neither SPNEGO nor Kerberos");
        }
        byte[] rest = framing.rest();
        if (!startsWith(rest, AP_REQ_ID)) {
            throw new MalformedToken("it carries no AP-REQ");
        }
        return ApReq.read(Arrays.copyOfRange(rest, AP_REQ_ID.length, rest.length));
    }

    private static boolean startsWith(byte[] token, byte[] prefix) {
        return token.length >= prefix.length && Arrays.equals(token, 0, prefix.length, prefix, 0, prefix.length);
    }
}
