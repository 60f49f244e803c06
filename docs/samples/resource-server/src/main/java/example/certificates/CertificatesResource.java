package example.certificates;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Certificates, for whom a token with the scope {@code certificate:discover} was granted. */
@Path("/certificates")
public class CertificatesResource {

    private final JsonWebToken token;

    CertificatesResource(JsonWebToken token) {
        this.token = token;
    }

    /** Answers who asked, and through which integration. */
    @GET
    @RolesAllowed("certificate:discover")
    public String discover() {
        return token.getSubject() + " through " + token.getClaim("client_id");
    }
}
