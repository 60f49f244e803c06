package dev.kerbearer.rest;

import java.util.Set;

/** The names of the members that requests have. */
final class WireMembers {

    static final String CLIENT_ID = "client_id";
    static final String SCOPE = "scope";
    static final String STATE = "state";

    static final Set<String> ALL = Set.of(CLIENT_ID, SCOPE, STATE);

    private WireMembers() {}
}
