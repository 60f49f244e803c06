package dev.kerbearer.rest.edge.connection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Whether a request has a body, by its head alone. */
public final class RequestBody {

    private RequestBody() {}

    /** Whether the request announces none. Without either header a request of HTTP/1.1 ends with its head (RFC 9112 section 6.3). */
    public static boolean isAbsent(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether a part of the request may still arrive. */
    public static boolean isToCome(HttpServerRequest request) {
        return !request.isEnded() && (request.version() == HttpVersion.HTTP_2 || !isAbsent(request));
    }
}
