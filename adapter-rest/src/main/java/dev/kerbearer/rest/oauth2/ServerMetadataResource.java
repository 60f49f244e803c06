package dev.kerbearer.rest.oauth2;

import dev.kerbearer.rest.token.Issuer;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /.well-known/oauth-authorization-server}: lists the calls and what they support (RFC 8414). */
@Path(Oauth2Face.METADATA)
public class ServerMetadataResource {

    private final Issuer issuer;

    ServerMetadataResource(Issuer issuer) {
        this.issuer = issuer;
    }

    /** Returns the same to every caller, for every request. */
    @Operation(summary = "Return the metadata of this authorization server (RFC 8414)")
    @APIResponse(responseCode = "200", description = "The metadata")
    @GET
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    public ServerMetadata metadata() {
        return ServerMetadata.of(issuer.url());
    }
}
