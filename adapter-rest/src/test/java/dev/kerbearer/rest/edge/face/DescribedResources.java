package dev.kerbearer.rest.edge.face;

import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** What the resources say about themselves, read as Quarkus reads it when the application is built. */
public final class DescribedResources {

    private DescribedResources() {}

    /** Returns the description that the annotations make. */
    public static OpenAPI model() throws IOException, URISyntaxException {
        return SmallRyeOpenAPI.builder().withIndex(index()).build().model();
    }

    /** Returns the classes of this module, with their annotations. */
    public static Index index() throws IOException, URISyntaxException {
        Indexer indexer = new Indexer();
        indexer.indexClass(APIResponse.class);
        indexer.indexClass(RequestBody.class);
        indexer.indexClass(SecurityRequirement.class);
        Path main = Path.of(
                Faces.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(main)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    indexer.index(in);
                }
            }
        }
        return indexer.complete();
    }
}
