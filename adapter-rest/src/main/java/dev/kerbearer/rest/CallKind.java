package dev.kerbearer.rest;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a call is to the queue. */
enum CallKind {

    /** A sign-in with a ticket. */
    SIGN_IN("sign-in"),

    /** A sign-in by NTLM or password, which may wait for a domain that does not answer. */
    PASSWORD_SIGN_IN("password-sign-in"),

    /** Only reads: verify, introspection, metadata. */
    CHECK("check"),

    /** Refresh and revoke: a client that is refused is left with a token that should be replaced or gone. */
    CHANGE("change");

    private final String label;

    CallKind(String label) {
        this.label = label;
    }

    /**
     * The kind of a call, by its path as the resources know it.
     *
     * @param authorization the header of that name, if there is one
     * @param isNtlm whether such a header signs in by NTLM
     */
    static CallKind of(String path, @Nullable String authorization, Predicate<String> isNtlm) {
        return switch (path) {
            case WirePaths.AUTHORIZE_INTEGRATED ->
                authorization != null && isNtlm.test(authorization) ? PASSWORD_SIGN_IN : SIGN_IN;
            case WirePaths.TOKEN, WirePaths.REVOKE, OauthPaths.TOKEN, OauthPaths.REVOKE -> CHANGE;
            default -> CHECK;
        };
    }

    /** As metrics call it. */
    String label() {
        return label;
    }
}
