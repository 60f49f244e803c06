package dev.kerbearer.rest;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/** Where the calls of the contract are. Clients write these paths in any case; see {@link Call#meantBy}. */
final class WirePaths {

    static final String BASE = "/vedauth";
    static final String AUTHORIZE_INTEGRATED = BASE + "/authorize/integrated";
    static final String TOKEN = BASE + "/authorize/token";
    static final String VERIFY = BASE + "/authorize/verify";
    static final String REVOKE = BASE + "/revoke/token";
    static final String IS_AUTH_SERVER = BASE + "/authorize/isAuthServer";

    private WirePaths() {}

    /** The path of a request; empty where its target is none, as in {@code CONNECT}. */
    static String of(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }

    /** Whether a path is meant for a call of this contract, existing or not. */
    static boolean isOfContract(String path) {
        return path.regionMatches(true, 0, BASE + "/", 0, BASE.length() + 1);
    }
}
