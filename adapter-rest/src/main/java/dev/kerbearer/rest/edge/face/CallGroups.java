package dev.kerbearer.rest.edge.face;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.jspecify.annotations.Nullable;

/** Groups the calls of the API description by face. Without groups, the names of the resource classes would be shown. */
public final class CallGroups {

    private final Faces faces;

    /**
     * @param faces the calls to group
     */
    public CallGroups(Faces faces) {
        this.faces = faces;
    }

    /** Puts every call into the group of its face. Other groups are removed. */
    public void addTo(OpenAPI api) {
        api.setTags(faces.all().stream()
                .map(face -> OASFactory.createTag().name(face.title()).description(face.about()))
                .toList());
        for (Face face : faces.all()) {
            for (Call call : face.calls()) {
                @Nullable PathItem path = api.getPaths().getPathItem(call.path());
                if (path != null) {
                    path.getOperations().values().forEach(operation -> operation.setTags(List.of(face.title())));
                }
            }
        }
    }
}
