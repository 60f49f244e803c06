package dev.kerbearer.rest.edge.queue;

/** The kinds of call that the queue distinguishes. */
public enum CallKind {

    /** A sign-in with a ticket. */
    SIGN_IN("sign-in"),

    /** A sign-in by NTLM or password, which may wait for a domain that does not answer. */
    PASSWORD_SIGN_IN("password-sign-in"),

    /** A call that only reads: verify, introspection, metadata. */
    CHECK("check"),

    /** Refresh and revoke: a client that is refused keeps a token that should have been replaced or revoked. */
    CHANGE("change");

    private final String label;

    CallKind(String label) {
        this.label = label;
    }

    /** Returns the name in metrics. */
    String label() {
        return label;
    }
}
