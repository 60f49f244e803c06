package dev.kerbearer.rest.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reads JSON with case-insensitive member names, and refuses a member that is there twice in two spellings. */
final class MembersInAnyCase extends JsonParserDelegate {

    private final Deque<Set<String>> open = new ArrayDeque<>();

    MembersInAnyCase(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.START_OBJECT) {
            open.push(new HashSet<>());
        } else if (token == JsonToken.END_OBJECT) {
            open.pop();
        } else if (token == JsonToken.FIELD_NAME
                && !open.element().add(currentName().toLowerCase(Locale.ROOT))) {
            throw new JsonParseException(this, "Duplicate field '" + currentName() + "'");
        }
        return token;
    }
}
