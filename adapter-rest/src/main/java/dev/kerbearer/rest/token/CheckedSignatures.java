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
 * Caches the digests of the JWTs with a valid signature, because checking a signature costs more than the rest
 * of the token check. Only the token's identity is cached. Its grant is read each time, so that revocation takes effect
 * at once.
 */
final class CheckedSignatures {

    private final HeldSigningKeys keys;
    private final Cache<Sha256, Good> good;

    /**
     * A valid signature.
     *
     * @param key the key that made it; the entry is valid only while this node holds the key
     * @param token the digest that finds the token's grant
     */
    record Good(SigningKeyId key, TokenDigest token) {}

    /**
     * @param keys the keys that this node holds
     * @param most how many JWTs are cached
     */
    CheckedSignatures(HeldSigningKeys keys, int most) {
        this.keys = keys;
        // The cache has no thread of its own: the calling threads do the little cleanup there is.
        this.good =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /** Returns the cached result for that JWT, or else the result of a new check. */
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
