package dev.kerbearer.windowsauth.spnego;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.util.Optional;

/** Any later token of SPNEGO, NegTokenResp (RFC 4178 section 4.2.2), from the client or from the server. */
public final class SpnegoAnswer {

    private static final int RESPONSE = Der.context(1);
    private static final int ENUMERATED = 0x0a;

    private final Optional<byte[]> token;
    private final Optional<byte[]> listSignature;

    private SpnegoAnswer(Optional<byte[]> token, Optional<byte[]> listSignature) {
        this.token = token;
        this.listSignature = listSignature;
    }

    /** The state of the negotiation. A reject state is never sent, because HTTP has a status for it. */
    public enum State {
        /** The negotiation is complete. */
        ACCEPT_COMPLETED(0),
        /** The mechanism continues. */
        ACCEPT_INCOMPLETE(1),
        /** The mechanism continues, and both sides must sign the mechanism list at the end. */
        REQUEST_MIC(3);

        private final byte number;

        State(int number) {
            this.number = (byte) number;
        }
    }

    /** Whether a token looks like a NegTokenResp. */
    public static boolean isBegunBy(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xff) == RESPONSE;
    }

    /**
     * Reads a token.
     *
     * @throws MalformedToken if it is not a NegTokenResp
     */
    public static SpnegoAnswer read(byte[] bytes) throws MalformedToken {
        Der outermost = Der.of(bytes);
        Der response = outermost.enter(RESPONSE);
        outermost.requireEnd();
        Der members = response.enter(Der.SEQUENCE);
        response.requireEnd();
        members.skipOptional(Der.context(0));
        members.skipOptional(Der.context(1));
        Optional<byte[]> token = SpnegoOffer.octets(members, 2);
        Optional<byte[]> signature = SpnegoOffer.octets(members, 3);
        members.requireEnd();
        return new SpnegoAnswer(token, signature);
    }

    /** Returns the mechanism's token. */
    public Optional<byte[]> token() {
        return token;
    }

    /** Returns the signature of the mechanism list ({@code mechListMIC}). */
    public Optional<byte[]> listSignature() {
        return listSignature;
    }

    /**
     * Asks for a Kerberos ticket, after the client began with another mechanism. A signature of the mechanism list is
     * not required, because it would need one more request. An attacker who changes the list gains nothing, because
     * Kerberos is the strongest mechanism here.
     */
    public static byte[] askForTicket() {
        return of(State.ACCEPT_INCOMPLETE, Optional.of(SpnegoOffer.KERBEROS), Optional.empty(), Optional.empty());
    }

    /** Continues with NTLM. */
    public static byte[] goOn(State state, Optional<byte[]> token) {
        return of(state, Optional.of(SpnegoOffer.NTLM), token, Optional.empty());
    }

    /** Completes with that mechanism and its last token, if there is one. */
    public static byte[] done(byte[] mechanism, Optional<byte[]> token) {
        return of(State.ACCEPT_COMPLETED, Optional.of(mechanism), token, Optional.empty());
    }

    /** Completes, with the signature of the mechanism list if there is one. */
    public static byte[] done(Optional<byte[]> listSignature) {
        return of(State.ACCEPT_COMPLETED, Optional.empty(), Optional.empty(), listSignature);
    }

    private static byte[] of(
            State state, Optional<byte[]> mechanism, Optional<byte[]> token, Optional<byte[]> listSignature) {
        return DerElement.of(
                RESPONSE,
                DerElement.of(
                        Der.SEQUENCE,
                        member(0, ENUMERATED, Optional.of(new byte[] {state.number})),
                        member(1, Der.OBJECT_IDENTIFIER, mechanism),
                        member(2, Der.OCTET_STRING, token),
                        member(3, Der.OCTET_STRING, listSignature)));
    }

    private static byte[] member(int number, int tag, Optional<byte[]> content) {
        return content.map(bytes -> DerElement.of(Der.context(number), DerElement.of(tag, bytes)))
                .orElse(new byte[0]);
    }
}
