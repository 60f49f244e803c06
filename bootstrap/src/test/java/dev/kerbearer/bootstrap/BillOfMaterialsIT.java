package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The bill of materials (CycloneDX) names every packaged library, and each has a licence that allows us to pass it on.
 */
class BillOfMaterialsIT {

    /**
     * A library with several licences lets its user choose, so one of these is enough. docs/dependencies.md has the
     * reason.
     */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-4-Clause",
            "Bouncy Castle Licence",
            "CC0-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            "Public Domain");

    @Test
    void everyJarIsInTheBill() throws IOException {
        Path program = PackagedProgram.folder();
        List<String> inTheBill = new ArrayList<>();
        runtime(bill())
                .forEach(component -> component
                        .at("/evidence/occurrences")
                        .forEach(occurrence ->
                                inTheBill.add(occurrence.path("location").asText())));
        try (Stream<Path> files = Files.walk(program)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jar"))
                            .map(file -> program.relativize(file).toString()))
                    .hasSizeGreaterThan(100)
                    .isSubsetOf(inTheBill);
        }
    }

    @Test
    void everyLibraryHasAnAllowedLicence() throws IOException {
        assertThat(unlicensed(bill())).isEmpty();
    }

    @Test
    void aLibraryWithAnotherLicenceOrNoneIsFound() throws IOException {
        assertThat(unlicensed(new ObjectMapper().readTree("""
                {"components": [
                  {"purl": "pkg:maven/a/none@1", "properties": [{"name": "quarkus:component:scope", "value": "runtime"}]},
                  {"purl": "pkg:maven/a/copyleft@1", "licenses": [{"license": {"id": "AGPL-3.0-only"}}],
                   "properties": [{"name": "quarkus:component:scope", "value": "runtime"}]},
                  {"purl": "pkg:maven/a/unknown@1", "licenses": [{"license": {"name": "Our own"}}],
                   "properties": [{"name": "quarkus:component:scope", "value": "runtime"}]},
                  {"purl": "pkg:maven/a/choice@1",
                   "licenses": [{"license": {"id": "GPL-2.0-only"}}, {"license": {"id": "MIT"}}],
                   "properties": [{"name": "quarkus:component:scope", "value": "runtime"}]},
                  {"purl": "pkg:maven/a/tool@1",
                   "properties": [{"name": "quarkus:component:scope", "value": "development"}]}]}
                """)))
                .containsExactly(
                        "pkg:maven/a/none@1: []",
                        "pkg:maven/a/copyleft@1: [AGPL-3.0-only]",
                        "pkg:maven/a/unknown@1: [Our own]");
    }

    private static JsonNode bill() throws IOException {
        return new ObjectMapper().readTree(PackagedProgram.billOfMaterials().toFile());
    }

    private static Stream<JsonNode> runtime(JsonNode bill) {
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .filter(component -> StreamSupport.stream(
                                component.path("properties").spliterator(), false)
                        .anyMatch(property -> property.path("name").asText().equals("quarkus:component:scope")
                                && property.path("value").asText().equals("runtime")));
    }

    /** Skips the project's own modules, which are not libraries. */
    private static List<String> unlicensed(JsonNode bill) {
        return runtime(bill)
                .filter(component -> component.path("purl").asText().startsWith("pkg:maven/"))
                .filter(component -> licences(component).stream().noneMatch(ALLOWED::contains))
                .map(component -> component.path("purl").asText() + ": " + licences(component))
                .toList();
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(each -> each.has("expression")
                        ? each.path("expression").asText()
                        : each.path("license")
                                .path("id")
                                .asText(each.path("license").path("name").asText()))
                .toList();
    }
}
