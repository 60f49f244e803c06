package dev.kerbearer.bootstrap.start;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page at {@code /} in development mode, with links for newcomers. It also serves the documentation of the source
 * folder, as plain text. The packaged application does not contain it.
 */
@Singleton
@IfBuildProfile("dev")
final class DevelopmentPages {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Kerbearer in development mode</title>
            <h1>Kerbearer in development mode</h1>
            <p>The log has a command line to copy: it signs in alice of the practice realm.
            <ul>
            <li><a href="/q/swagger-ui">Swagger UI</a>: every call, to try in the browser
            <li><a href="/q/openapi">OpenAPI description</a>
            <li><a href="/.well-known/oauth-authorization-server">Metadata for OAuth clients</a>
            </ul>
            <h2>Documentation</h2>
            <ul>
            %s
            </ul>
            """;

    void register(@Observes Router router) {
        SortedMap<String, Path> documents = documents(Path.of("").toAbsolutePath());
        String page = PAGE.formatted(documents.keySet().stream()
                .map("<li><a href=\"%1$s\">%1$s</a>"::formatted)
                .collect(Collectors.joining("\n")));
        read(router, "/").handler(context -> typed(context, "text/html").end(page));
        documents.forEach((path, file) -> read(router, path)
                .handler(context -> typed(context, "text/plain").sendFile(file.toString())));
    }

    private static Route read(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static HttpServerResponse typed(RoutingContext context, String type) {
        return context.response().putHeader(HttpHeaders.CONTENT_TYPE, type + "; charset=utf-8");
    }

    /** Returns the documents in the source folder, by their path on this server. */
    private static SortedMap<String, Path> documents(Path root) {
        SortedMap<String, Path> documents = new TreeMap<>();
        for (Path folder : List.of(root, root.resolve("docs"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .forEach(file -> documents.put("/" + root.relativize(file), file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return documents;
    }
}
