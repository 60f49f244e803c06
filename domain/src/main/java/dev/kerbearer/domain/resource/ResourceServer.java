package dev.kerbearer.domain.resource;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A program that accepts tokens, and may ask what they are good for (RFC 7662).
 *
 * @param id what it calls itself
 * @param secret the digest of its secret; the secret itself is never kept
 * @param integrations whose tokens it may see; absent: all
 * @param enabled whether it may ask at all
 */
public record ResourceServer(
        ResourceServerId id, Sha256 secret, Optional<Set<ClientId>> integrations, boolean enabled) {

    /** Copies {@code integrations}. */
    public ResourceServer {
        integrations = integrations.map(Set::copyOf);
    }

    /** Whether it may ask, and that is its secret. Takes the same time for any secret. */
    public boolean accepts(String presented) {
        boolean same = secret.equals(Sha256.of(presented.getBytes(StandardCharsets.UTF_8)));
        return same && enabled;
    }

    /** Whether it may see tokens of that integration. */
    public boolean maySee(ClientId integration) {
        return integrations.map(seen -> seen.contains(integration)).orElse(true);
    }
}
