package dev.kerbearer.rest.edge.face;

import dev.kerbearer.rest.edge.queue.CallKind;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A call of a {@link Face}.
 *
 * @param path the path of its resource
 * @param methods the methods that it accepts, except OPTIONS, which every call accepts
 * @param kind its kind for the queue
 * @param isQueued whether it waits for a place; a call that only reads memory does not
 */
public record Call(String path, List<HttpMethod> methods, CallKind kind, boolean isQueued) {

    /** Returns a call that waits for a place. */
    public static Call queued(CallKind kind, String path, HttpMethod... methods) {
        return new Call(path, List.of(methods), kind, true);
    }

    /** Returns a call that is answered at once. */
    public static Call unqueued(String path, HttpMethod... methods) {
        return new Call(path, List.of(methods), CallKind.CHECK, false);
    }

    /** Returns whether the call accepts that method. */
    public boolean takes(HttpMethod method) {
        return methods.contains(method);
    }

    /** Returns the value of the {@code Allow} header (RFC 9110 section 10.2.1). */
    public String allow() {
        return methods.stream().map(HttpMethod::name).collect(Collectors.joining(", ", "", ", OPTIONS"));
    }
}
