package dev.kerbearer.rest;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call: where its resource is, and the methods that it takes.
 *
 * @param path as the resource has it
 * @param methods but for OPTIONS, which every call takes
 * @param allow the value of the {@code Allow} header (RFC 9110 section 10.2.1)
 */
record Call(String path, List<HttpMethod> methods, String allow) {

    /** Every call that there is. HEAD is none of revoking, which it must not do (RFC 9110 section 9.3.2). */
    static final List<Call> ALL = List.of(
            of(WirePaths.AUTHORIZE_INTEGRATED, HttpMethod.POST),
            of(WirePaths.TOKEN, HttpMethod.POST),
            of(WirePaths.VERIFY, HttpMethod.GET, HttpMethod.HEAD),
            of(WirePaths.REVOKE, HttpMethod.GET),
            of(WirePaths.IS_AUTH_SERVER, HttpMethod.GET, HttpMethod.HEAD),
            of(OauthPaths.METADATA, HttpMethod.GET, HttpMethod.HEAD),
            of(OauthPaths.TOKEN, HttpMethod.POST),
            of(OauthPaths.INTROSPECT, HttpMethod.POST),
            of(OauthPaths.REVOKE, HttpMethod.POST),
            of(OauthPaths.JWKS, HttpMethod.GET, HttpMethod.HEAD));

    private static final Map<String, Call> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Call::path, Function.identity()));
    private static final Map<String, Call> BY_SPELLING =
            ALL.stream().collect(Collectors.toUnmodifiableMap(call -> folded(call.path), Function.identity()));

    private static Call of(String path, HttpMethod... methods) {
        String names = List.of(methods).stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        return new Call(path, List.of(methods), names + ", OPTIONS");
    }

    /** The call whose resource has exactly this path. */
    static @Nullable Call at(String path) {
        return BY_PATH.get(path);
    }

    /**
     * The call that is meant by a path whose dots, double slashes and needless percent signs are gone: those of the
     * contract in any case, those of the OAuth standards as they are, all with or without a trailing slash.
     */
    static @Nullable Call meantBy(String normalised) {
        int end = normalised.endsWith("/") ? normalised.length() - 1 : normalised.length();
        return BY_SPELLING.get(folded(normalised.substring(0, end)));
    }

    private static String folded(String path) {
        return WirePaths.isOfContract(path) ? path.toLowerCase(Locale.ROOT) : path;
    }

    boolean takes(HttpMethod method) {
        return methods.contains(method);
    }
}
