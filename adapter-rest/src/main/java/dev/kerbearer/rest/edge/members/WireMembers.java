package dev.kerbearer.rest.edge.members;

import java.util.Set;

/** The names of request members. */
public final class WireMembers {

    public static final String CLIENT_ID = "client_id";
    public static final String SCOPE = "scope";
    public static final String STATE = "state";
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String GRANT_TYPE = "grant_type";

    static final Set<String> ALL = Set.of(CLIENT_ID, SCOPE, STATE, REFRESH_TOKEN, GRANT_TYPE);

    private WireMembers() {}
}
