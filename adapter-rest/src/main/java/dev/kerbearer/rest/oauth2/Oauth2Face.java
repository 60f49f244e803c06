package dev.kerbearer.rest.oauth2;

import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.Face;
import dev.kerbearer.rest.edge.queue.CallKind;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The calls of the OAuth standards. Their paths have only one spelling, unlike the paths of the VEDauth contract. */
public final class Oauth2Face {

    static final String PREFIX = "/oauth2";
    static final String METADATA = "/.well-known/oauth-authorization-server";
    static final String TOKEN = PREFIX + "/token";
    static final String INTROSPECT = PREFIX + "/introspect";
    static final String REVOKE = PREFIX + "/revoke";
    static final String JWKS = PREFIX + "/jwks";

    private Oauth2Face() {}

    /** Returns the calls. Metadata and public keys are read from memory. */
    public static Face face() {
        return new Face(
                "OAuth 2.0",
                "The OAuth standards on the same grants: metadata, refresh, introspection, revocation and keys.",
                PREFIX,
                false,
                List.of(
                        Call.unqueued(METADATA, HttpMethod.GET, HttpMethod.HEAD),
                        Call.queued(CallKind.CHANGE, TOKEN, HttpMethod.POST),
                        Call.queued(CallKind.CHECK, INTROSPECT, HttpMethod.POST),
                        Call.queued(CallKind.CHANGE, REVOKE, HttpMethod.POST),
                        Call.unqueued(JWKS, HttpMethod.GET, HttpMethod.HEAD)));
    }
}
