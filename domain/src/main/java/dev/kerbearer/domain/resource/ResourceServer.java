package dev.kerbearer.domain.resource;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A resource server: it accepts tokens, and may introspect them (RFC 7662).
 *
 * @param id the id of the resource server
 * @param secret the digest of its secret; the secret itself is never stored
 * @param integrations the integrations whose tokens it may see; all if absent
 * @param enabled whether it may introspect at all
 */
public record ResourceServer(
        ResourceServerId id, Sha256 secret, Optional<Set<ClientId>> integrations, boolean enabled) {

    /** Copies {@code integrations}. */
    public ResourceServer {
        integrations = integrations.map(Set::copyOf);
    }

    /** Returns whether the server is enabled and the secret is correct. Takes the same time for any secret. */
    public boolean accepts(String presented) {
        boolean same = secret.equals(Sha256.of(presented.getBytes(StandardCharsets.UTF_8)));
        return same && enabled;
    }

    /** Returns whether it may see tokens of the integration. */
    public boolean maySee(ClientId integration) {
        return integrations.map(seen -> seen.contains(integration)).orElse(true);
    }
}
