package dev.kerbearer.rest.edge.members;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * The credentials that calls accept in the {@code Authorization} header, as the API description names them. A resource
 * names the credentials that it accepts. Tools that read the description, such as Swagger UI, can then send them.
 */
public final class Credentials {

    public static final String WINDOWS_SIGN_IN = "windows-sign-in";
    public static final String ACCESS_TOKEN = "access-token";
    public static final String RESOURCE_SERVER = "resource-server";

    private Credentials() {}

    /** Describes these credentials and removes all others. Quarkus adds one that no call accepts. */
    public static void addTo(OpenAPI api) {
        Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
        schemes.put(
                WINDOWS_SIGN_IN,
                http("negotiate", "A Kerberos ticket (RFC 4559). The browser or the operating system sends it."));
        schemes.put(ACCESS_TOKEN, http("bearer", "An access token of this server (RFC 6750)."));
        schemes.put(RESOURCE_SERVER, http("basic", "The id and secret of a resource server (RFC 6749 section 2.3.1)."));
        api.getComponents().setSecuritySchemes(schemes);
    }

    private static SecurityScheme http(String scheme, String description) {
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme(scheme)
                .description(description);
    }
}
