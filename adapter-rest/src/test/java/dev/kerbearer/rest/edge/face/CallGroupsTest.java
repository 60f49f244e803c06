package dev.kerbearer.rest.edge.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The groups of the API description. */
class CallGroupsTest {

    private static OpenAPI api;

    @BeforeAll
    static void describe() throws Exception {
        api = DescribedResources.model();
        // Quarkus adds such a group for each resource.
        api.addTag(OASFactory.createTag().name("Verify Token Resource"));
        operations(AllFaces.VERIFY).forEach(operation -> operation.addTag("Verify Token Resource"));
        new CallGroups(AllFaces.FACES).addTo(api);
    }

    static List<Face> faces() {
        return AllFaces.FACES.all();
    }

    @ParameterizedTest
    @MethodSource("faces")
    void everyCallIsInTheGroupOfItsFaceAndInNoOther(Face face) {
        for (Call call : face.calls()) {
            assertThat(operations(call.path()))
                    .isNotEmpty()
                    .allSatisfy(operation -> assertThat(operation.getTags()).containsExactly(face.title()));
        }
    }

    @Test
    void theGroupsAreTheFacesEachWithASentence() {
        assertThat(api.getTags()).extracting(Tag::getName).containsExactly("VEDauth", "OAuth 2.0");
        assertThat(api.getTags()).extracting(Tag::getDescription).allMatch(text -> text.endsWith("."));
    }

    private static Iterable<Operation> operations(String path) {
        return api.getPaths().getPathItem(path).getOperations().values();
    }
}
