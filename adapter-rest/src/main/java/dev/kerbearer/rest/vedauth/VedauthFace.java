package dev.kerbearer.rest.vedauth;

import dev.kerbearer.rest.edge.face.Call;
import dev.kerbearer.rest.edge.face.Face;
import dev.kerbearer.rest.edge.queue.CallKind;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The calls of the VEDauth contract. Clients write their paths in any case. */
public final class VedauthFace {

    static final String PREFIX = "/vedauth";
    static final String AUTHORIZE_INTEGRATED = PREFIX + "/authorize/integrated";
    static final String TOKEN = PREFIX + "/authorize/token";
    static final String VERIFY = PREFIX + "/authorize/verify";
    static final String REVOKE = PREFIX + "/revoke/token";
    static final String IS_AUTH_SERVER = PREFIX + "/authorize/isAuthServer";

    private VedauthFace() {}

    /** Returns the calls. Revoke accepts no HEAD, because HEAD must not change anything (RFC 9110 section 9.2.1). */
    public static Face face() {
        return new Face(
                "VEDauth",
                "Sign in, and refresh, verify and revoke tokens, as clients of VEDauth do.",
                PREFIX,
                true,
                List.of(
                        Call.queued(CallKind.SIGN_IN, AUTHORIZE_INTEGRATED, HttpMethod.POST),
                        Call.queued(CallKind.CHANGE, TOKEN, HttpMethod.POST),
                        Call.queued(CallKind.CHECK, VERIFY, HttpMethod.GET, HttpMethod.HEAD),
                        Call.queued(CallKind.CHANGE, REVOKE, HttpMethod.GET),
                        Call.queued(CallKind.CHECK, IS_AUTH_SERVER, HttpMethod.GET, HttpMethod.HEAD)));
    }
}
