package dev.kerbearer.rest.edge.face;

import dev.kerbearer.rest.oauth2.Oauth2Face;
import dev.kerbearer.rest.vedauth.VedauthFace;
import java.util.List;

/** The faces of the service, and the paths of their calls. */
public final class AllFaces {

    public static final Faces FACES = new Faces(List.of(VedauthFace.face(), Oauth2Face.face()));

    public static final String AUTHORIZE_INTEGRATED = "/vedauth/authorize/integrated";
    public static final String TOKEN = "/vedauth/authorize/token";
    public static final String VERIFY = "/vedauth/authorize/verify";
    public static final String REVOKE = "/vedauth/revoke/token";
    public static final String IS_AUTH_SERVER = "/vedauth/authorize/isAuthServer";
    public static final String OAUTH_TOKEN = "/oauth2/token";
    public static final String OAUTH_INTROSPECT = "/oauth2/introspect";

    private AllFaces() {}
}
