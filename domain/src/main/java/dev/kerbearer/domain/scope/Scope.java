package dev.kerbearer.domain.scope;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The permissions of a token: {@code certificate:discover,manage;ssh:manage}. Input is case-insensitive; output is
 * lower-case. A name given twice is one item with the union of its restrictions.
 *
 * <p>There are two written forms: {@link #asGranted()} keeps the order of the request, {@link #canonical()} sorts.
 * Equality ignores the order of the request, as the canonical form does. {@link #covers} is a partial order of scopes.
 *
 * <p>Every scope implies the pseudo-scope {@code any}. Beside other items, a bare {@code any} therefore means nothing
 * and is dropped, like {@code read} among restrictions.
 */
public final class Scope {

    /** The longest accepted scope, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final String ANY = "any";

    private final Map<String, ScopeItem> items;

    private Scope(Map<String, ScopeItem> items) {
        this.items = items;
    }

    /**
     * Parses {@code item *(";" item)}, where an item is {@code name [":" restriction *("," restriction)]}. Spaces
     * around any part and empty items are ignored.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_scope} if the text is anything else; nothing
     *     else is ever thrown
     */
    public static Scope parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw ScopeName.malformed("it is longer than " + MAX_LENGTH + " characters");
        }
        Map<String, ScopeItem> items = new LinkedHashMap<>();
        int start = 0;
        while (start <= text.length()) {
            int end = endOfPart(text, ';', start, text.length());
            String item = trimmed(text, start, end);
            if (!item.isEmpty()) {
                add(items, item(item));
            }
            start = end + 1;
        }
        if (items.isEmpty()) {
            throw ScopeName.malformed("it names nothing");
        }
        return of(items);
    }

    /**
     * Creates a scope of these items, in their order.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException if there is no item
     */
    public static Scope of(Collection<ScopeItem> items) {
        Map<String, ScopeItem> byName = new LinkedHashMap<>();
        items.forEach(item -> add(byName, item));
        if (byName.isEmpty()) {
            throw ScopeName.malformed("it names nothing");
        }
        return of(byName);
    }

    private static Scope of(Map<String, ScopeItem> items) {
        ScopeItem any = items.get(ANY);
        if (any != null && any.restrictions().isEmpty() && items.size() > 1) {
            items.remove(ANY);
        }
        return new Scope(items);
    }

    private static ScopeItem item(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new ScopeItem(text, Set.of());
        }
        Set<Restriction> restrictions = new LinkedHashSet<>();
        int start = colon + 1;
        while (start <= text.length()) {
            int end = endOfPart(text, ',', start, text.length());
            restrictions.add(new Restriction(trimmed(text, start, end)));
            start = end + 1;
        }
        return new ScopeItem(trimmed(text, 0, colon), restrictions);
    }

    private static int endOfPart(String text, char separator, int from, int otherwise) {
        int end = text.indexOf(separator, from);
        return end < 0 ? otherwise : end;
    }

    private static String trimmed(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static void add(Map<String, ScopeItem> items, ScopeItem item) {
        items.merge(item.name(), item, ScopeItem::union);
    }

    /** Returns the items, in the order of the request; never empty. */
    public List<ScopeItem> items() {
        return List.copyOf(items.values());
    }

    /** Returns whether this scope has every name of {@code other}, with every restriction of that name. */
    public boolean covers(Scope other) {
        return other.items.values().stream().allMatch(this::covers);
    }

    private boolean covers(ScopeItem wanted) {
        ScopeItem held = items.get(wanted.name());
        boolean pseudo = wanted.name().equals(ANY) && wanted.restrictions().isEmpty();
        return pseudo || (held != null && held.covers(wanted));
    }

    /** Returns everything that either scope allows: the narrowest scope that covers both. */
    public Scope union(Scope other) {
        Map<String, ScopeItem> both = new LinkedHashMap<>(items);
        other.items.values().forEach(item -> add(both, item));
        return of(both);
    }

    /** Returns what both scopes allow: the widest scope that both cover. It is {@code any} if they share no name. */
    public Scope intersect(Scope other) {
        Map<String, ScopeItem> shared = new LinkedHashMap<>();
        items.forEach((name, item) -> {
            ScopeItem theirs = other.items.get(name);
            if (theirs != null) {
                shared.put(name, item.intersect(theirs));
            }
        });
        add(shared, new ScopeItem(ANY, Set.of()));
        return of(shared);
    }

    /** Returns the scope in the order of the request, as it is stored and sent in token responses. */
    public String asGranted() {
        return written(items.values(), ScopeItem::writeAsGranted);
    }

    /** Returns the scope with sorted names and restrictions, as verify, revoke and comparisons use it. */
    public String canonical() {
        return written(new TreeMap<>(items).values(), ScopeItem::writeCanonical);
    }

    private static String written(Collection<ScopeItem> items, BiConsumer<ScopeItem, StringBuilder> writing) {
        StringBuilder text = new StringBuilder();
        for (ScopeItem item : items) {
            if (!text.isEmpty()) {
                text.append(';');
            }
            writing.accept(item, text);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope scope && items.equals(scope.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return asGranted();
    }
}
