package dev.kerbearer.rest.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads JSON with case-insensitive member names, and refuses a member that is there twice in two spellings. */
final class MembersInAnyCase extends JsonParserDelegate {

    private final Deque<Map<String, JsonLocation>> open = new ArrayDeque<>();

    MembersInAnyCase(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.START_OBJECT) {
            open.push(new HashMap<>());
        } else if (token == JsonToken.END_OBJECT) {
            open.pop();
        } else if (token == JsonToken.FIELD_NAME) {
            requireNew(currentName());
        }
        return token;
    }

    private void requireNew(String member) throws JsonParseException {
        JsonLocation here = currentTokenLocation();
        JsonLocation first = open.element().putIfAbsent(member.toLowerCase(Locale.ROOT), here);
        if (first != null) {
            throw new JsonParseException(
                    this,
                    "the member \"" + member + "\" is there twice: in " + place(first) + " and in " + place(here));
        }
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + " (column " + location.getColumnNr() + ")";
    }
}
