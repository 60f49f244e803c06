package dev.kerbearer.rest.token;

import dev.kerbearer.domain.scope.Scope;

/** A scope as the OAuth standards write it: a list of scope tokens with spaces between (RFC 6749 section 3.3). */
public final class OauthScope {

    private OauthScope() {}

    /**
     * Reads a scope; semicolons between are taken as well.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_scope} where it is malformed
     */
    public static Scope parse(String text) {
        return Scope.parse(text.replace(' ', ';'));
    }

    /** Of a written scope; none holds a space. */
    public static String of(String written) {
        return written.replace(';', ' ');
    }
}
