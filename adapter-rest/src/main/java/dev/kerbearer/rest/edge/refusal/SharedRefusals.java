package dev.kerbearer.rest.edge.refusal;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.arrival.TraceId;
import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.members.RequestMembers;
import dev.kerbearer.rest.edge.queue.CallKind;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the API description what the calls share, so that a resource describes only what is its own. Calls share the
 * refusals of the edge, and the body and headers of every refusal. A body that can be JSON can also be a form. A
 * refusal that a resource describes keeps its description.
 */
public final class SharedRefusals {

    private static final String PRAGMA = "Pragma";
    private static final String FORBIDDEN = "403";

    private final Faces faces;

    /**
     * @param faces the calls to describe
     */
    public SharedRefusals(Faces faces) {
        this.faces = faces;
    }

    /** Completes every call in the description. Other paths stay as they are. */
    public void addTo(OpenAPI api) {
        addHeaders(api.getComponents());
        for (Call call : faces.calls()) {
            @Nullable PathItem path = api.getPaths().getPathItem(call.path());
            if (path != null) {
                path.getOperations().values().forEach(operation -> describe(call, operation));
            }
        }
    }

    private static void addHeaders(Components components) {
        components
                .addHeader(TraceId.HEADER, header("Links the refusal to its line in the log", SchemaType.STRING))
                .addHeader(HttpHeaders.CACHE_CONTROL, header("no-store", SchemaType.STRING))
                .addHeader(PRAGMA, header("no-cache", SchemaType.STRING))
                .addHeader(HttpHeaders.WWW_AUTHENTICATE, header("A challenge", SchemaType.STRING))
                .addHeader(HttpHeaders.RETRY_AFTER, header("Seconds until the next attempt", SchemaType.INTEGER));
    }

    private static Header header(String description, SchemaType type) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static void describe(Call call, Operation operation) {
        acceptForm(operation);
        APIResponses responses = operation.getResponses();
        // Quarkus adds this status to every call with a sign-in, but no refusal has it.
        responses.removeAPIResponse(FORBIDDEN);
        SortedMap<String, APIResponse> byStatus = new TreeMap<>(responses.getAPIResponses());
        descriptions(call, operation)
                .forEach((status, text) -> byStatus.computeIfAbsent(
                        status, none -> OASFactory.createAPIResponse().description(text)));
        byStatus.tailMap("400").forEach((status, response) -> complete(call, status, response));
        responses.setAPIResponses(byStatus);
    }

    /** Describes the form of a body that can be JSON, because {@link RequestMembers} reads both in the same way. */
    private static void acceptForm(Operation operation) {
        if (takesJson(operation)) {
            Content content = operation.getRequestBody().getContent();
            content.addMediaType(
                    MediaType.APPLICATION_FORM_URLENCODED, content.getMediaType(MediaType.APPLICATION_JSON));
        }
    }

    private static boolean takesBody(Operation operation) {
        return operation.getRequestBody() != null;
    }

    private static boolean takesJson(Operation operation) {
        return takesBody(operation) && operation.getRequestBody().getContent().hasMediaType(MediaType.APPLICATION_JSON);
    }

    /** Returns the descriptions of the shared refusals by status. */
    private static Map<String, String> descriptions(Call call, Operation operation) {
        Map<String, String> byStatus = new HashMap<>();
        for (Refusal refusal : refusals(call, operation)) {
            byStatus.merge(
                    String.valueOf(AnswerHead.of(refusal).status()),
                    refusal.code() + ": " + refusal.description(),
                    (one, other) -> one + "; " + other);
        }
        return byStatus;
    }

    /** Returns the refusals that a call shares with others. */
    private static List<Refusal> refusals(Call call, Operation operation) {
        List<Refusal> refusals = new ArrayList<>();
        if (takesBody(operation)) {
            refusals.add(Refusal.requestIncomplete());
            refusals.add(Refusal.bodyTooLarge(RequestMembers.MAX_BODY));
            refusals.add(takesJson(operation) ? Refusal.unsupportedContentType() : Refusal.formRequired());
        }
        if (call.isQueued()) {
            refusals.add(Refusal.overloaded());
        }
        refusals.add(Refusal.shuttingDown());
        // A sign-in answers an internal error with 400.
        if (call.kind() != CallKind.SIGN_IN) {
            refusals.add(Refusal.fault(new Detail("none")));
        }
        return refusals;
    }

    /** Adds the body and the headers that {@link Refusals} sends with that status. */
    private static void complete(Call call, String status, APIResponse response) {
        response.setContent(OASFactory.createContent()
                .addMediaType(
                        MediaType.APPLICATION_JSON,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(ErrorAnswer.SCHEMA))));
        List<String> headers = new ArrayList<>(List.of(TraceId.HEADER, HttpHeaders.CACHE_CONTROL, PRAGMA));
        boolean unauthorized = status.equals("401");
        if (unauthorized) {
            headers.add(HttpHeaders.WWW_AUTHENTICATE);
        }
        // A sign-in answers 401 where other calls answer 503.
        boolean signInMayHaveToWait = unauthorized && call.kind() == CallKind.SIGN_IN;
        if (signInMayHaveToWait || status.equals("429") || status.equals("503")) {
            headers.add(HttpHeaders.RETRY_AFTER);
        }
        headers.forEach(
                name -> response.addHeader(name, OASFactory.createHeader().ref(name)));
    }
}
