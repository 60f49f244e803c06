package dev.kerbearer.rest;

import java.util.Set;

/** The names of the members that requests have. */
final class WireMembers {

    static final String CLIENT_ID = "client_id";
    static final String SCOPE = "scope";
    static final String STATE = "state";
    static final String REFRESH_TOKEN = "refresh_token";
    static final String GRANT_TYPE = "grant_type";

    static final Set<String> ALL = Set.of(CLIENT_ID, SCOPE, STATE, REFRESH_TOKEN, GRANT_TYPE);

    private WireMembers() {}
}
