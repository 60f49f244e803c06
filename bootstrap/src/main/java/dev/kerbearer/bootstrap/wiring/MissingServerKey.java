package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.domain.key.KeyId;

/** The message for an operator if a node does not hold the newest server key of its database. */
public final class MissingServerKey {

    private MissingServerKey() {}

    /** Says what is missing, how to fix it, and what is lost if the key is gone for good. */
    public static String message(KeyId newest) {
        return "This node does not hold the newest server key of its database (fingerprint " + newest
                + "). Give it the keys of the other nodes: set kerbearer.keys.current and kerbearer.keys.previous, or copy"
                + " the folder keys of their data folder. Where that key is gone for good, delete its row from the table"
                + " server_keys: repeated refresh answers that were made under it are lost, the passwords of local"
                + " identities for NTLM that it sealed, and so are the signing keys of JWTs. A new one signs at once then, and resource servers that keep the published keys may"
                + " refuse its tokens for a quarter of kerbearer.tokens.signing.overlap";
    }
}
