package dev.kerbearer.rest.edge.face;

import java.util.List;
import java.util.Locale;

/**
 * A set of calls under one prefix, with its spelling rules. Each face tells the edge which calls it has; the edge knows
 * no face by name.
 *
 * @param title its name for people, which groups its calls in the API description
 * @param about one sentence about its calls, for the API description
 * @param prefix the path prefix of its calls, without a trailing slash
 * @param isInAnyCase whether its paths are case-insensitive
 * @param calls its calls; a call may be outside the prefix
 */
public record Face(String title, String about, String prefix, boolean isInAnyCase, List<Call> calls) {

    /** Returns whether a path is under the prefix, even if no such call exists. */
    boolean hasUnderIt(String path) {
        return path.regionMatches(isInAnyCase, 0, prefix + "/", 0, prefix.length() + 1);
    }

    /** Returns one spelling for all spellings of a path under the prefix. */
    String folded(String path) {
        return isInAnyCase ? path.toLowerCase(Locale.ROOT) : path;
    }
}
