package dev.kerbearer.rest.token;

import dev.kerbearer.domain.scope.Scope;

/** A scope as the OAuth standards write it: scope tokens separated by spaces (RFC 6749 section 3.3). */
public final class OauthScope {

    private OauthScope() {}

    /**
     * Reads a scope; semicolons are accepted as separators too.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_scope} if it is malformed
     */
    public static Scope parse(String text) {
        return Scope.parse(text.replace(' ', ';'));
    }

    /** Returns the OAuth form of a written scope, which never contains a space. */
    public static String of(String written) {
        return written.replace(';', ' ');
    }
}
