package dev.kerbearer.rest.edge.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.DescribedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The credentials in the API description. */
class CredentialsTest {

    private static final Map<String, String> CREDENTIALS_BY_PATH = Map.of(
            AllFaces.AUTHORIZE_INTEGRATED, "windows-sign-in",
            AllFaces.VERIFY, "access-token",
            AllFaces.REVOKE, "access-token",
            AllFaces.OAUTH_INTROSPECT, "resource-server");

    private static OpenAPI api;

    @BeforeAll
    static void describe() throws Exception {
        api = DescribedResources.model();
        // Quarkus adds this one.
        api.getComponents().addSecurityScheme("SecurityScheme", OASFactory.createSecurityScheme());
        Credentials.addTo(api);
    }

    @Test
    void everyCallNamesExactlyTheCredentialsThatItAccepts() {
        for (Call call : AllFaces.FACES.calls()) {
            List<String> expected = new ArrayList<>();
            if (CREDENTIALS_BY_PATH.containsKey(call.path())) {
                expected.add(CREDENTIALS_BY_PATH.get(call.path()));
            }
            for (Operation operation :
                    api.getPaths().getPathItem(call.path()).getOperations().values()) {
                assertThat(named(operation)).as(call.path()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aToolCanSendThem() {
        Map<String, SecurityScheme> schemes = api.getComponents().getSecuritySchemes();
        assertThat(schemes.keySet()).containsExactly("windows-sign-in", "access-token", "resource-server");
        assertThat(schemes.values())
                .allMatch(scheme -> scheme.getType() == SecurityScheme.Type.HTTP)
                .extracting(SecurityScheme::getScheme)
                .containsExactly("negotiate", "bearer", "basic");
    }

    private static List<String> named(Operation operation) {
        return Objects.requireNonNullElse(operation.getSecurity(), List.<SecurityRequirement>of()).stream()
                .flatMap(requirement -> requirement.getSchemes().keySet().stream())
                .toList();
    }
}
