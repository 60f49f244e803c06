package dev.kerbearer.rest;

/** Where the calls of the OAuth standards are; unlike those of the contract they are spelt in one way. */
final class OauthPaths {

    static final String METADATA = "/.well-known/oauth-authorization-server";
    static final String TOKEN = "/oauth2/token";
    static final String INTROSPECT = "/oauth2/introspect";
    static final String REVOKE = "/oauth2/revoke";
    static final String JWKS = "/oauth2/jwks";

    private OauthPaths() {}
}
