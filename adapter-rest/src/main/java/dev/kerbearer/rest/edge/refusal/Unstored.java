package dev.kerbearer.rest.edge.refusal;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Builds answers that no cache may store: a token, the details of a token, or an error (RFC 6749 section 5.1). */
public final class Unstored {

    private Unstored() {}

    public static Response.ResponseBuilder status(int status) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }

    public static Response.ResponseBuilder ok(Object entity) {
        return status(Response.Status.OK.getStatusCode()).entity(entity);
    }
}
