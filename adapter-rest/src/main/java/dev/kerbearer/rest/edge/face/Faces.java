package dev.kerbearer.rest.edge.face;

import dev.kerbearer.rest.edge.queue.CallKind;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All faces of the service, and thus all its calls. */
public final class Faces {

    private final List<Face> faces;
    private final Map<String, Call> byPath;
    private final Map<String, Call> bySpelling;

    /**
     * @throws IllegalStateException if two calls have the same path
     */
    public Faces(List<Face> faces) {
        this.faces = List.copyOf(faces);
        this.byPath = faces.stream()
                .map(Face::calls)
                .flatMap(Collection::stream)
                .collect(Collectors.toUnmodifiableMap(Call::path, Function.identity()));
        this.bySpelling = byPath.values().stream()
                .collect(Collectors.toUnmodifiableMap(call -> folded(call.path()), Function.identity()));
    }

    /** Returns the path of a request; empty if its target has none, as in {@code CONNECT}. */
    public static String pathOf(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }

    /** Returns every face. */
    public List<Face> all() {
        return faces;
    }

    /** Returns every call. */
    public Collection<Call> calls() {
        return byPath.values();
    }

    /** Returns the call at exactly this path; null if there is none. */
    public @Nullable Call at(String path) {
        return byPath.get(path);
    }

    /**
     * Returns the call that a path means by its face's spelling rules, with or without a trailing slash; null if none.
     *
     * @param normalised the path without dot segments, double slashes and needless percent escapes
     */
    public @Nullable Call meantBy(String normalised) {
        int end = normalised.endsWith("/") ? normalised.length() - 1 : normalised.length();
        return bySpelling.get(folded(normalised.substring(0, end)));
    }

    /** Returns whether a request with that path waits for a place. Unknown paths under a face's prefix wait too. */
    public boolean isQueued(String path) {
        Call call = at(path);
        return call == null ? faces.stream().anyMatch(face -> face.hasUnderIt(path)) : call.isQueued();
    }

    /** Returns the kind of a request with that path for the queue. */
    public CallKind kindOf(String path) {
        Call call = at(path);
        return call == null ? CallKind.CHECK : call.kind();
    }

    private String folded(String path) {
        return faces.stream()
                .filter(face -> face.hasUnderIt(path))
                .findFirst()
                .map(face -> face.folded(path))
                .orElse(path);
    }
}
