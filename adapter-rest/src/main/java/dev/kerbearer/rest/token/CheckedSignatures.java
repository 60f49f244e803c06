package dev.kerbearer.rest.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.key.SigningKeyId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers the JWTs whose signatures were good, by their digests: checking one costs more than all else that tells what
 * a token is good for. Only whose token it is stands here; its grant is read each time, so that revocation holds at once.
 */
final class CheckedSignatures {

    private final HeldSigningKeys keys;
    private final Cache<Sha256, Good> good;

    /**
     * A signature that was good.
     *
     * @param key by which it was made; it counts as long as that is at hand
     * @param token by which the token's grant is found
     */
    record Good(SigningKeyId key, TokenDigest token) {}

    /**
     * @param keys those at hand
     * @param most how many are remembered
     */
    CheckedSignatures(HeldSigningKeys keys, int most) {
        this.keys = keys;
        // No thread of its own: what little there is to tidy up is done by who comes by.
        this.good =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /** What that JWT came to before, or what a check of it comes to now. */
    Optional<TokenDigest> digestOf(String jwt, Supplier<Optional<Good>> check) {
        Sha256 name = Sha256.of(jwt.getBytes(StandardCharsets.UTF_8));
        Good known = good.getIfPresent(name);
        if (known != null && keys.holds(known.key())) {
            return Optional.of(known.token());
        }
        good.invalidate(name);
        Optional<Good> checked = check.get();
        checked.ifPresent(now -> good.put(name, now));
        return checked.map(Good::token);
    }
}
