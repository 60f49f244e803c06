package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.signin.SignInDigest;
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
     * Reads one.
     *
     * @param bytes which are kept, and not to be changed
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

    /** Which key its ticket was made with, by what is readable of it. */
    public KeyName key() {
        return key;
    }

    /** For which service its ticket says that it is, in its plain part. */
    public Principal service() throws MalformedToken {
        return TicketHeader.serviceOf(fromTicketIn(bytes).enter(Der.context(3)));
    }

    /** By which it is known again. */
    public SignInDigest digest() {
        return digest;
    }

    /** What is encrypted of its ticket. */
    SealedPart ticket() throws MalformedToken {
        return TicketHeader.sealedPartOf(fromTicketIn(bytes).enter(Der.context(3)));
    }

    /** What the client says with it. */
    SealedPart authenticator() throws MalformedToken {
        Der members = fromTicketIn(bytes);
        members.enter(Der.context(3));
        return SealedPart.read(members.enter(Der.context(4)));
    }
}
