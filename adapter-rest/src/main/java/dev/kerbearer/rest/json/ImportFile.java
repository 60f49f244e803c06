package dev.kerbearer.rest.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.kerbearer.domain.refusal.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a JSON file of integrations, local identities or resource servers, as one object or an array (docs/import.md).
 * Member names are case-insensitive; unknown and duplicate members are refused.
 */
final class ImportFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private ImportFile() {}

    /**
     * Returns the entries of a file, in its order.
     *
     * @throws BadImportException if the file is missing or malformed
     */
    static <J, T> List<ImportEntry<T>> read(Path file, Class<J> format, Function<J, T> conversion) {
        List<ImportEntry<T>> entries = new ArrayList<>();
        int line = 1;
        try (JsonParser parser = new MembersInAnyCase(JSON.createParser(Files.readAllBytes(file)))) {
            boolean array = parser.nextToken() == JsonToken.START_ARRAY;
            while ((array ? parser.nextToken() : parser.currentToken()) == JsonToken.START_OBJECT) {
                line = line(parser);
                entries.add(new ImportEntry<>(
                        file, line, entries.size() + 1, conversion.apply(JSON.readValue(parser, format))));
            }
            line = line(parser);
            if (array ? parser.currentToken() != JsonToken.END_ARRAY : entries.isEmpty()) {
                throw new IllegalArgumentException("this is neither an object nor an array of objects");
            }
            if (parser.nextToken() != null) {
                line = line(parser);
                throw new IllegalArgumentException("the file has text after its object or array");
            }
        } catch (NoSuchFileException missing) {
            throw new BadImportException(file, "there is no such file");
        } catch (UnrecognizedPropertyException unknown) {
            throw new BadImportException(
                    file, unknown.getLocation().getLineNr(), "unknown member \"" + unknown.getPropertyName() + "\"");
        } catch (JsonProcessingException malformed) {
            throw new BadImportException(
                    file,
                    lineOf(malformed, line),
                    malformed.getOriginalMessage().replaceFirst("Unrecognized token '.*'", "A value without quotes"));
        } catch (IOException unreadable) {
            throw new BadImportException(file, "it cannot be read: " + unreadable);
        } catch (IllegalArgumentException | RefusedException refused) {
            throw new BadImportException(file, line, String.valueOf(refused.getMessage()));
        }
        return entries;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int lineOf(JacksonException malformed, int otherwise) {
        return malformed.getLocation() == null
                ? otherwise
                : malformed.getLocation().getLineNr();
    }
}
