package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.keytab.KeyName;

/** AP-REQ (RFC 4120 section 5.5.1): version, message type, options, ticket, authenticator. */
public final class ApReq {

    private final byte[] bytes;
    private final KeyName key;
    private final SignInDigest digest;

    private ApReq(byte[] bytes, KeyName key, SignInDigest digest) {
        this.bytes = bytes;
        this.key = key;
        this.digest = digest;
    }

    /**
     * Reads an AP-REQ.
     *
     * @param bytes kept, not copied; do not change them
     */
    public static ApReq read(byte[] bytes) throws MalformedToken {
        Der members = fromTicketIn(bytes);
        KeyName key = TicketHeader.keyOf(members.enter(Der.context(3)));
        SealedPart authenticator = SealedPart.read(members.enter(Der.context(4)));
        members.requireEnd();
        return new ApReq(bytes, key, SignInDigest.ofAuthenticator(authenticator.cipher()));
    }

    private static Der fromTicketIn(byte[] bytes) throws MalformedToken {
        Der token = Der.of(bytes);
        Der application = token.enter(Der.APPLICATION_14);
        token.requireEnd();
        Der members = application.enter(Der.SEQUENCE);
        application.requireEnd();
        for (int member = 0; member < 3; member++) {
            members.enter(Der.context(member));
        }
        return members;
    }

    /** Returns the name of the key that the ticket was made with, read from its plain part. */
    public KeyName key() {
        return key;
    }

    /** Returns the service that the ticket names in its plain part. */
    public Principal service() throws MalformedToken {
        return TicketHeader.serviceOf(fromTicketIn(bytes).enter(Der.context(3)));
    }

    /** Returns the digest that identifies the sign-in. */
    public SignInDigest digest() {
        return digest;
    }

    /** Returns the encrypted part of the ticket. */
    SealedPart ticket() throws MalformedToken {
        return TicketHeader.sealedPartOf(fromTicketIn(bytes).enter(Der.context(3)));
    }

    /** Returns the client's authenticator, encrypted. */
    SealedPart authenticator() throws MalformedToken {
        Der members = fromTicketIn(bytes);
        members.enter(Der.context(3));
        return SealedPart.read(members.enter(Der.context(4)));
    }
}
