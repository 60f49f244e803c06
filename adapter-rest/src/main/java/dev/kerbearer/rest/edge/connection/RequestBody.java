package dev.kerbearer.rest.edge.connection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Tells from the head alone whether a request has a body. */
public final class RequestBody {

    private RequestBody() {}

    /**
     * Returns whether the request announces no body. An HTTP/1.1 request with neither of the two headers ends with its
     * head (RFC 9112 section 6.3).
     */
    public static boolean isAbsent(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Returns whether a part of the request may still arrive. */
    public static boolean isToCome(HttpServerRequest request) {
        return !request.isEnded() && (request.version() == HttpVersion.HTTP_2 || !isAbsent(request));
    }
}
