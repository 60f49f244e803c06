package dev.kerbearer.rest.oauth2;

import dev.kerbearer.rest.token.PublishedKeys;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /oauth2/jwks}: publishes the keys that check our JWTs. */
@Path(Oauth2Face.JWKS)
public class JwksResource {

    private final PublishedKeys keys;

    JwksResource(PublishedKeys keys) {
        this.keys = keys;
    }

    /** Public, and the same on every node. */
    @Operation(summary = "Publish the keys that sign JWTs", description = "A JWK Set (RFC 7517 section 5).")
    @APIResponse(responseCode = "200", description = "The keys that sign, will sign, or have signed valid tokens")
    @GET
    @NonBlocking
    @Produces("application/jwk-set+json")
    public Response jwks() {
        return Response.ok(keys.jwks())
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        "public, max-age=" + keys.maxAge().toSeconds())
                .build();
    }
}
