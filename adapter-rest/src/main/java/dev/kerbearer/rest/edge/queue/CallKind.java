package dev.kerbearer.rest.edge.queue;


/** What a call is to the queue. */
public enum CallKind {

    /** A sign-in with a ticket. */
    SIGN_IN("sign-in"),

    /** A sign-in by NTLM or password, which may wait for a domain that does not answer. */
    PASSWORD_SIGN_IN("password-sign-in"),

    /** Only reads: verify, introspection, metadata. */
    CHECK("check"),

    /** Refresh and revoke: a client that is refused is left with a token that should be replaced or gone. */
    CHANGE("change");

    private final String label;

    CallKind(String label) {
        this.label = label;
    }

    /** As metrics call it. */
    String label() {
        return label;
    }
}
