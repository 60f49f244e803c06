package dev.kerbearer.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.domain.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Duplicate entries in import files, and entries in several files. */
class ImportFilesTest {

    @TempDir
    Path folder;

    /** The later entry would silently replace the earlier one. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            integrations | the id a is there twice: in line 1 (entry 1) and in line 1 (entry 2) | [{"id":"a","scope":"ssh"},{"id":"a","scope":"ssh"}]
            integrations | the id a is there twice: in line 2 (entry 1) and in line 4 (entry 3) | [~{"id":"a","scope":"ssh"},~{"id":"b","scope":"ssh"},~{"id":"a","scope":"ssh"}]
            resource-servers | the id a is there twice: in line 1 (entry 1) and in line 2 (entry 2) | [{"id":"a","secret":"SECRET"},~{"id":"a","secret":"SECRET"}]
            identities   | the name a is there twice: in line 1 (entry 1) and in line 2 (entry 2) | [{"name":"a"},~{"name":"a","enabled":false}]
            identities   | the principal x@R is there twice: in line 1 (entry 1) and in line 2 (entry 2) | [{"name":"a","principals":["x@R"]},~{"name":"b","principals":["y@R","x@R"]}]
            identities   | the guid de3944a8-3479-4450-b412-0dacd642017d is there twice: in line 1 (entry 1) and in line 2 (entry 2) | [{"name":"a","guid":"de3944a8-3479-4450-b412-0dacd642017d"},~{"name":"b","guid":"DE3944A8-3479-4450-B412-0DACD642017D"}]
            identities   | principals[0] and principals[2] are both x@R | {"name":"a","principals":["x@R","y@R","x@R"]}
            identities   | groups[0] and groups[1] are both g | {"name":"a","groups":["g","g"]}
            resource-servers | integrations[1] and integrations[2] are both b | {"id":"a","secret":"SECRET","integrations":["a","b","b"]}
            integrations | the member "id" is there twice: in line 1 (column 2) and in line 2 (column 1) | {"id":"a",~"id":"b","scope":"ssh"}
            integrations | the member "ID" is there twice: in line 1 (column 2) and in line 1 (column 11) | {"id":"a","ID":"b","scope":"ssh"}
            integrations | the member "Trustee" is there twice: in line 2 (column 13) and in line 3 (column 1) | {"id":"a","scope":"ssh",~"access":[ {"trustee":"local:a",~"Trustee":"local:b"}]}
            """)
    void aDuplicateIsRefusedWithBothPlaces(String kind, String reason, String content) throws IOException {
        Path file = file("import.json", content.replace("SECRET", "sha256:" + "0".repeat(64)));
        assertThatThrownBy(() -> of(kind).apply(List.of(file)))
                .isInstanceOf(BadImportException.class)
                .hasMessageContaining(file + ", line ")
                .hasMessageContaining(reason);
    }

    @Test
    void aDuplicateInTwoFilesIsRefused() throws IOException {
        Path first = file("first.json", "[~{\"id\":\"a\",\"scope\":\"ssh\"}]");
        Path second = file("second.json", "[{\"id\":\"b\",\"scope\":\"ssh\"},~~{\"id\":\"a\",\"scope\":\"ssh\"}]");
        assertThatThrownBy(() -> ImportFiles.integrations(List.of(first, second)))
                .isInstanceOf(BadImportException.class)
                .hasMessage(second + ", line 3: the id a is there twice: in line 2 (entry 1) of " + first
                        + " and in line 3 (entry 2)");
    }

    @Test
    void everyFileIsReadBeforeAnythingIsApplied() throws IOException {
        Path good = file("good.json", "{\"id\":\"a\",\"scope\":\"ssh\"}");
        assertThatThrownBy(() -> ImportFiles.integrations(List.of(good, folder.resolve("none.json"))))
                .isInstanceOf(BadImportException.class)
                .hasMessageContaining("none.json: there is no such file");
        List<String> applied = new ArrayList<>();
        ImportFiles.integrations(List.of(good))
                .apply((IntegrationDefinition definition, Path file) -> applied.add(definition.id() + " of " + file));
        assertThat(applied).containsExactly("a of " + good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void aByteOrderMarkIsNoPartOfASecret(String mark) throws IOException {
        String secret = "0123456789abcdef";
        Path kept = file("secret", mark + secret + "\n");
        Path server = file("server.json", "{\"id\":\"a\",\"secret\":\"file:" + kept + "\"}");
        assertThat(ImportFiles.resourceServers(List.of(server)).values())
                .singleElement()
                .satisfies(read ->
                        assertThat(read.secret()).isEqualTo(Sha256.of(secret.getBytes(StandardCharsets.UTF_8))));
    }

    private static Function<List<Path>, ImportFiles<?>> of(String kind) {
        return switch (kind) {
            case "integrations" -> ImportFiles::integrations;
            case "identities" -> ImportFiles::identities;
            default -> ImportFiles::resourceServers;
        };
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content.replace('~', '\n'));
    }

    /** The value may be a password that was written without quotes, and the message goes to the log. */
    @Test
    void aValueWithoutQuotesIsNotRepeated() throws Exception {
        Path file = Files.writeString(folder.resolve("unquoted.json"), "{\"name\":\"a\",\"password\":Sup3rSecret}");
        assertThatThrownBy(() -> ImportFiles.identities(List.of(file)))
                .hasMessageContaining("without quotes")
                .hasMessageNotContaining("Sup3r");
    }
}
