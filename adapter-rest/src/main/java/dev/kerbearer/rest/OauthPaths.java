package dev.kerbearer.rest;

/** Where the calls of the OAuth standards are; unlike those of the contract they are spelt in one way. */
final class OauthPaths {

    static final String BASE = "/oauth2";
    static final String METADATA = "/.well-known/oauth-authorization-server";
    static final String TOKEN = BASE + "/token";
    static final String INTROSPECT = BASE + "/introspect";
    static final String REVOKE = BASE + "/revoke";
    static final String JWKS = BASE + "/jwks";

    private OauthPaths() {}

    /** Whether a path is meant for a call that works on tokens, existing or not; the keys are read from memory. */
    static boolean isOfTokens(String path) {
        return path.startsWith(BASE + "/") && !path.equals(JWKS);
    }
}
