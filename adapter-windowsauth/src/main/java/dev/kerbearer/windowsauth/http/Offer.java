package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;
import dev.kerbearer.windowsauth.spnego.SpnegoOffer;
import java.util.Base64;
import java.util.Optional;

/** What an {@code Authorization} header offers: a token under a scheme. The form of the token decides the mechanism. */
record Offer(Scheme scheme, Token token) {

    /** The longest accepted token, in base64 characters. Windows sends tokens up to this length. */
    private static final int MAX_TOKEN_LENGTH = 64 * 1024;

    /** A token, by its form. */
    @SuppressWarnings("ArrayRecordComponent") // Tokens are not compared.
    sealed interface Token {

        byte[] bytes();

        /** An NTLM message without SPNEGO. */
        record NtlmMessage(byte[] bytes) implements Token {}

        /** The first token of SPNEGO. */
        record SpnegoFirst(byte[] bytes, SpnegoOffer offer) implements Token {}

        /** A later token of SPNEGO with the ticket that the client was asked for. */
        record SpnegoTicket(byte[] bytes, SpnegoAnswer answer) implements Token {}

        /** Any other token that begins like a later token of SPNEGO. */
        record SpnegoLater(byte[] bytes) implements Token {}

        /** Any other token: a Kerberos ticket in its own framing, or a malformed token. */
        record Other(byte[] bytes) implements Token {}
    }

    /**
     * Reads a header of that scheme.
     *
     * @throws RefusedException if the token is too long or is no base64
     */
    static Offer read(Scheme scheme, String header) {
        String base64 = scheme.tokenIn(header);
        if (base64.length() > MAX_TOKEN_LENGTH) {
            throw failed("the token is too long", base64.length() + " characters");
        }
        try {
            return of(scheme, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw failed("the token is no base64", "its base64 does not decode");
        }
    }

    private static RefusedException failed(String why, String detail) {
        return Refusal.signInFailed(why, new Detail(detail)).asException();
    }

    static Offer of(Scheme scheme, byte[] token) {
        return new Offer(scheme, tokenOf(token));
    }

    private static Token tokenOf(byte[] bytes) {
        if (NtlmAcceptor.typeOf(bytes) != 0) {
            return new Token.NtlmMessage(bytes);
        }
        if (SpnegoAnswer.isBegunBy(bytes)) {
            return laterOf(bytes);
        }
        try {
            return SpnegoOffer.isBegunBy(bytes)
                    ? new Token.SpnegoFirst(bytes, SpnegoOffer.read(bytes))
                    : new Token.Other(bytes);
        } catch (MalformedToken refused) {
            // The mechanism that it is left to reads it again, to say why it is refused.
            return new Token.Other(bytes);
        }
    }

    private static Token laterOf(byte[] bytes) {
        try {
            SpnegoAnswer answer = SpnegoAnswer.read(bytes);
            return answer.token().filter(SpnegoOffer::isFramedAsKerberos).isPresent()
                    ? new Token.SpnegoTicket(bytes, answer)
                    : new Token.SpnegoLater(bytes);
        } catch (MalformedToken refused) {
            return new Token.SpnegoLater(bytes);
        }
    }

    /**
     * Whether NTLM accepts the token, if NTLM is on. A token that continues SPNEGO is for NTLM, unless it carries a
     * Kerberos ticket.
     */
    boolean isForNtlm() {
        return scheme == Scheme.NTLM
                || token instanceof Token.NtlmMessage
                || token instanceof Token.SpnegoLater
                || (token instanceof Token.SpnegoFirst first && first.offer().isForNtlm());
    }

    /** Whether a header carries an NTLM message, or a SPNEGO token for NTLM. An unreadable token does not count. */
    static boolean isNtlm(String header) {
        Optional<Scheme> scheme = Scheme.of(header);
        try {
            return scheme.isPresent()
                    && (scheme.get() == Scheme.NTLM
                            || read(scheme.get(), header).isForNtlm());
        } catch (RefusedException unreadable) {
            return false;
        }
    }
}
