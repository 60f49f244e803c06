package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.refusal.Refusal;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A token that somebody asks about or wants to be revoked; of which kind it is, he may not know.
 *
 * @param token as it was presented
 * @param refreshFirst whether it is said to be a refresh token; only the order of the look-ups depends on that (RFC 7009
 *     section 2.1, RFC 7662 section 2.1)
 */
public record PresentedToken(String token, boolean refreshFirst) {

    /**
     * Reads {@code token} and {@code token_type_hint}; a hint that is not known is passed over.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_request} where there is no token
     */
    public static PresentedToken of(Optional<String> token, Optional<String> hint) {
        return new PresentedToken(
                token.orElseThrow(() -> Refusal.tokenMissing().asException()),
                hint.filter("refresh_token"::equals).isPresent());
    }

    /** Looks among access and refresh tokens, first where the hint says. */
    <T> Optional<T> lookedUp(Supplier<Optional<T>> access, Supplier<Optional<T>> refresh) {
        return refreshFirst ? refresh.get().or(access) : access.get().or(refresh);
    }

    /** Where it is a refresh token; what an access token is looked up by depends on its form. */
    TokenDigest refreshDigest() {
        return TokenDigest.ofPresented(token);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "PresentedToken[hidden]";
    }
}
