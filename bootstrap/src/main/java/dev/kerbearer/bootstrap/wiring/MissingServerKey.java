package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.domain.key.KeyId;

/** The message for an operator if a node does not hold the newest server key of its database. */
public final class MissingServerKey {

    private MissingServerKey() {}

    /** Says what is missing, how to fix it, and what is lost if the key is gone for good. */
    public static String message(KeyId newest) {
        return "This node does not hold the newest server key of its database (fingerprint " + newest
                + "). Give it the keys of the other nodes: set kerbearer.keys.current and kerbearer.keys.previous, or copy"
                + " the folder keys of their data folder. If that key is lost for good, delete its row from the table"
                + " server_keys. Then the repeated refresh answers, the NTLM passwords of local identities and the"
                + " JWT signing keys under it are lost too. A new signing key signs at once, and resource servers"
                + " that cache the published keys may refuse its tokens for a quarter of"
                + " kerbearer.tokens.signing.overlap";
    }
}
