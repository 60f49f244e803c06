package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The token pair that follows a refresh token. The pair is derived, not drawn at random. While the nonce is stored, a
 * client that presents the same token twice gets the same pair twice.
 *
 * @param tokens the pair
 * @param link how to derive the pair again
 */
public record Successor(TokenPair tokens, Link link) {

    /**
     * The most links between a token and the live pair. Within the leeway, a client has no reason to be further behind.
     */
    public static final int MOST_LINKS = 64;

    private static final String ACCESS = "refresh: access token";
    private static final String JTI = "refresh: jti";
    private static final String REFRESH = "refresh: refresh token";

    /** Derives the successor of a token under the current key, with a new nonce. */
    public static Successor of(String presented, TokenFormat format, ServerKeys keys, SecretSource random) {
        Nonce nonce = Nonce.draw(random);
        return new Successor(
                derived(presented, format, keys.current(), nonce),
                new Link(nonce, keys.current().id()));
    }

    /**
     * Follows the links from a token to the pair that is live now.
     *
     * @return empty if a link was made under a key that this node does not hold
     */
    public static Optional<TokenPair> follow(String presented, TokenFormat format, List<Link> links, ServerKeys keys) {
        Optional<TokenPair> pair = Optional.empty();
        String token = presented;
        for (Link link : links) {
            Optional<ServerKey> key = keys.find(link.key());
            if (key.isEmpty()) {
                return Optional.empty();
            }
            TokenPair next = derived(token, format, key.get(), link.nonce());
            token = next.refresh().orElseThrow().reveal();
            pair = Optional.of(next);
        }
        return pair;
    }

    private static TokenPair derived(String presented, TokenFormat format, ServerKey key, Nonce nonce) {
        byte[] token = presented.getBytes(StandardCharsets.UTF_8);
        String access = format == TokenFormat.JWT ? JTI : ACCESS;
        return new TokenPair(
                format, secret(key, access, nonce, token), Optional.of(secret(key, REFRESH, nonce, token)));
    }

    private static TokenSecret secret(ServerKey key, String label, Nonce nonce, byte[] presented) {
        return TokenSecret.of(key.expand(label, TokenSecret.LENGTH, nonce.bytes(), presented));
    }
}
