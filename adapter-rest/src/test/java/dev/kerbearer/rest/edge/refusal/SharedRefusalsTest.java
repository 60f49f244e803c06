package dev.kerbearer.rest.edge.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.DescribedResources;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the resources, completed with {@link SharedRefusals}. */
class SharedRefusalsTest {

    private static final List<String> OF_EVERY_BODY = List.of("408", "413", "415");
    private static final List<String> OF_EVERY_REFUSAL = List.of("X-Trace-Id", "Cache-Control", "Pragma");

    private static Index classes;
    private static OpenAPI api;

    @BeforeAll
    static void describe() throws IOException, URISyntaxException {
        classes = DescribedResources.index();
        api = DescribedResources.model();
        // Quarkus adds this one.
        responses(AllFaces.AUTHORIZE_INTEGRATED)
                .addAPIResponse("403", OASFactory.createAPIResponse().description("Not Allowed"));
        new SharedRefusals(AllFaces.FACES).addTo(api);
    }

    static Collection<Call> calls() {
        return AllFaces.FACES.calls();
    }

    @Test
    void theDescriptionHasExactlyTheCallsOfTheFaces() {
        assertThat(api.getPaths().getPathItems().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        calls().stream().map(Call::path).toList());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallCanBeRefusedUnderLoadOrAtAShutdown(Call call) {
        assertThat(responses(call.path()).hasAPIResponse("503")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallWithABodyHasTheRefusalsOfABodyAndNoOther(Call call) {
        boolean hasBody = call.takes(HttpMethod.POST);
        assertThat(OF_EVERY_BODY)
                .allSatisfy(status -> assertThat(responses(call.path()).hasAPIResponse(status))
                        .isEqualTo(hasBody));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallExceptASignInCanHaveAnInternalError(Call call) {
        assertThat(responses(call.path()).hasAPIResponse("500")).isEqualTo(!isSignIn(call));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyRefusalHasTheErrorBodyAndItsHeaders(Call call) {
        responses(call.path()).getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                assertThat(response.getContent()
                                .getMediaType("application/json")
                                .getSchema()
                                .getRef())
                        .as(status)
                        .isEqualTo("#/components/schemas/Error");
                assertThat(response.getHeaders().keySet()).as(status).isEqualTo(headers(call, status));
                assertThat(api.getComponents().getHeaders())
                        .containsKeys(response.getHeaders().keySet().toArray(String[]::new));
            }
        });
    }

    private static Set<String> headers(Call call, String status) {
        Set<String> headers = new HashSet<>(OF_EVERY_REFUSAL);
        if (status.equals("401")) {
            headers.add("WWW-Authenticate");
        }
        if (status.equals("503") || status.equals("429") || (status.equals("401") && isSignIn(call))) {
            headers.add("Retry-After");
        }
        return headers;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void noCallAnswersForbidden(Call call) {
        assertThat(responses(call.path()).hasAPIResponse("403")).isFalse();
    }

    @Test
    void aRefusalIsDescribedInTheWordsOfTheCatalogue() {
        assertThat(description(AllFaces.TOKEN, "413"))
                .isEqualTo("invalid_request: The request body is longer than 65536 bytes");
        assertThat(description(AllFaces.IS_AUTH_SERVER, "503"))
                .isEqualTo("server_error: The service is busy: try again after a moment;"
                        + " server_error: The service cannot answer now: this node is shutting down");
    }

    @Test
    void aRefusalThatAResourceDescribesKeepsItsDescription() {
        assertThat(description(AllFaces.VERIFY, "503"))
                .isEqualTo("server_error: the token cannot be checked now; it may be valid");
    }

    @Test
    void aBodyThatCanBeJsonCanBeAForm() {
        assertThat(contentTypes(AllFaces.TOKEN))
                .containsExactly("application/json", "application/x-www-form-urlencoded");
        assertThat(description(AllFaces.TOKEN, "415")).contains("application/json");
    }

    @Test
    void aBodyThatMustBeAFormStaysAForm() {
        assertThat(contentTypes(AllFaces.OAUTH_TOKEN)).containsExactly("application/x-www-form-urlencoded");
        assertThat(description(AllFaces.OAUTH_TOKEN, "415")).doesNotContain("application/json");
    }

    @Test
    void noResourceRepeatsWhatAllCallsShare() {
        Set<String> shared = new HashSet<>(OF_EVERY_BODY);
        shared.add("500");
        assertThat(annotations(APIResponse.class)).isNotEmpty().allSatisfy(response -> {
            String status = response.value("responseCode").asString();
            assertThat(shared).as(response.target().toString()).doesNotContain(status);
            if (status.compareTo("400") >= 0) {
                assertThat(response.value("content")).as("%s", response).isNull();
                assertThat(response.value("headers")).as("%s", response).isNull();
                assertThat(response.value("description").asString())
                        .isNotEqualTo(description(AllFaces.IS_AUTH_SERVER, "503"));
            }
        });
        assertThat(annotations(RequestBody.class))
                .isNotEmpty()
                .allSatisfy(body ->
                        assertThat(body.value("content").asNestedArray()).hasSize(1));
    }

    private static boolean isSignIn(Call call) {
        return call.path().equals(AllFaces.AUTHORIZE_INTEGRATED);
    }

    private static Operation operation(String path) {
        return api.getPaths()
                .getPathItem(path)
                .getOperations()
                .values()
                .iterator()
                .next();
    }

    private static APIResponses responses(String path) {
        return operation(path).getResponses();
    }

    private static String description(String path, String status) {
        return responses(path).getAPIResponse(status).getDescription();
    }

    private static Set<String> contentTypes(String path) {
        return operation(path).getRequestBody().getContent().getMediaTypes().keySet();
    }

    private static Collection<AnnotationInstance> annotations(Class<?> type) {
        return classes.getAnnotationsWithRepeatable(DotName.createSimple(type.getName()), classes);
    }
}
