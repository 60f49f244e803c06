package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.rest.edge.face.CallGroups;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.members.Credentials;
import dev.kerbearer.rest.edge.refusal.SharedRefusals;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Completes the API description with what all calls share. Quarkus runs it once, when the application is built. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Faces faces = new RestWiring().faces();
        new CallGroups(faces).addTo(api);
        new SharedRefusals(faces).addTo(api);
        Credentials.addTo(api);
    }
}
