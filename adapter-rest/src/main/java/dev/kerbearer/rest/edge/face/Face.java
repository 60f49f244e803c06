package dev.kerbearer.rest.edge.face;

import java.util.List;
import java.util.Locale;

/**
 * A set of calls under one prefix, with its rules of spelling. Each face tells the edge which calls it has; the edge knows
 * no face by name.
 *
 * @param prefix where its calls are, without a slash at the end
 * @param isInAnyCase whether clients write its paths in any case
 * @param calls its calls; a call may be outside the prefix
 */
public record Face(String prefix, boolean isInAnyCase, List<Call> calls) {

    /** Whether a path is under the prefix, whether or not there is such a call. */
    boolean hasUnderIt(String path) {
        return path.regionMatches(isInAnyCase, 0, prefix + "/", 0, prefix.length() + 1);
    }

    /** One spelling for all spellings of a path under the prefix. */
    String folded(String path) {
        return isInAnyCase ? path.toLowerCase(Locale.ROOT) : path;
    }
}
