package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.refusal.Refusal;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A token that a client introspects or revokes; the client may not know its kind.
 *
 * @param token the token as it was presented
 * @param refreshFirst whether the hint says refresh token; it affects only the order of the lookups (RFC 7009 section
 *     2.1, RFC 7662 section 2.1)
 */
public record PresentedToken(String token, boolean refreshFirst) {

    /**
     * Reads {@code token} and {@code token_type_hint}; an unknown hint is ignored.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} if there is no token
     */
    public static PresentedToken of(Optional<String> token, Optional<String> hint) {
        return new PresentedToken(
                token.orElseThrow(() -> Refusal.tokenMissing().asException()),
                hint.filter("refresh_token"::equals).isPresent());
    }

    /** Looks up the token among access and refresh tokens, in the order of the hint. */
    <T> Optional<T> lookedUp(Supplier<Optional<T>> access, Supplier<Optional<T>> refresh) {
        return refreshFirst ? refresh.get().or(access) : access.get().or(refresh);
    }

    /** Returns the digest of the token as a refresh token. The digest of an access token depends on its form. */
    TokenDigest refreshDigest() {
        return TokenDigest.ofPresented(token);
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "PresentedToken[hidden]";
    }
}
