package dev.kerbearer.domain.refusal;

import java.util.Optional;

/**
 * The user and the client of a refused call, as far as they are known. Only the log shows them.
 *
 * @param user the user: an identity, a principal or an account name
 * @param client the API integration or resource server that calls
 */
public record Parties(Optional<String> user, Optional<String> client) {

    /** Neither the user nor the client is known. */
    public static final Parties UNKNOWN = new Parties(Optional.empty(), Optional.empty());

    /** Only the user is known. */
    public static Parties user(String user) {
        return new Parties(Optional.of(user), Optional.empty());
    }

    /** Only the client is known. */
    public static Parties client(String client) {
        return new Parties(Optional.empty(), Optional.of(client));
    }

    /** Returns these parties. If a party is unknown here, it is taken from the other parties. */
    public Parties or(Parties others) {
        return new Parties(user.or(others::user), client.or(others::client));
    }
}
