package dev.kerbearer.rest.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a member whose elements must differ. A repeated element is probably a typing error for another element. */
final class DistinctElements {

    private DistinctElements() {}

    /**
     * Returns the elements.
     *
     * @param member the name of the member, for the message
     * @param written the elements; null if the member is absent
     * @throws IllegalArgumentException if two elements are the same; the message names both
     */
    static <T> Set<T> of(String member, @Nullable List<String> written, Function<String, T> conversion) {
        Map<T, Integer> indexes = new LinkedHashMap<>();
        for (int i = 0; written != null && i < written.size(); i++) {
            Integer first = indexes.putIfAbsent(conversion.apply(written.get(i)), i);
            if (first != null) {
                throw new IllegalArgumentException(
                        member + "[" + first + "] and " + member + "[" + i + "] are both " + written.get(i));
            }
        }
        return Set.copyOf(indexes.keySet());
    }
}
