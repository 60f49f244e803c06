package dev.kerbearer.rest;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the calls are. Clients write these paths in any case, with a doubled leading slash or a trailing one. */
final class WirePaths {

    static final String BASE = "/vedauth";
    static final String AUTHORIZE_INTEGRATED = BASE + "/authorize/integrated";
    static final String TOKEN = BASE + "/authorize/token";
    static final String VERIFY = BASE + "/authorize/verify";
    static final String REVOKE = BASE + "/revoke/token";
    static final String IS_AUTH_SERVER = BASE + "/authorize/isAuthServer";

    private static final Map<String, String> BY_LOWER_CASE = Stream.of(
                    AUTHORIZE_INTEGRATED, TOKEN, VERIFY, REVOKE, IS_AUTH_SERVER)
            .collect(Collectors.toMap(path -> path.toLowerCase(Locale.ROOT), Function.identity()));

    private WirePaths() {}

    /** The path as the resources know it, where it is one of theirs in another spelling; empty where it needs none. */
    static Optional<String> respelt(String path) {
        int start = path.startsWith("//") ? 1 : 0;
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        if (end <= start) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_LOWER_CASE.get(path.substring(start, end).toLowerCase(Locale.ROOT)))
                .filter(known -> !known.equals(path));
    }

    /** The path of a request; empty where its target is none, as in {@code CONNECT}. */
    static String of(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }

    /** Whether a path is meant for a call of this contract, existing or not. */
    static boolean isOfContract(String path) {
        int start = path.startsWith("//") ? 1 : 0;
        return path.regionMatches(true, start, BASE + "/", 0, BASE.length() + 1);
    }
}
