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
 * What a token may be used for: {@code certificate:discover,manage;ssh:manage}. Case does not matter on input and is
 * lower on output; a name given twice is one item with the union of its restrictions.
 *
 * <p>There are two written forms: {@link #asGranted()} keeps the order of the request, {@link #canonical()} sorts.
 * Equality is that of the canonical form: the order of a request carries no meaning. Of the scopes, {@link #covers} is
 * a partial order.
 *
 * <p>Any scope implies the pseudo-scope {@code any}; beside other items a bare {@code any} therefore says nothing and
 * is dropped, as {@code read} is among restrictions.
 */
public final class Scope {

    /** The longest scope that is read, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final String ANY = "any";

    private final Map<String, ScopeItem> items;

    private Scope(Map<String, ScopeItem> items) {
        this.items = items;
    }

    /**
     * Reads {@code item *(";" item)}, where an item is {@code name [":" restriction *("," restriction)]}. Spaces round
     * any part and empty items are ignored.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException with {@code invalid_scope}, the only thing ever thrown,
     *     where the text is anything else
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
     * The scope of these items, in their order.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException where there is none
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

    /** The items, in the order of the request; never empty. */
    public List<ScopeItem> items() {
        return List.copyOf(items.values());
    }

    /** Whether this scope has every name of {@code other}, and per name every restriction. */
    public boolean covers(Scope other) {
        return other.items.values().stream().allMatch(this::covers);
    }

    private boolean covers(ScopeItem wanted) {
        ScopeItem held = items.get(wanted.name());
        boolean pseudo = wanted.name().equals(ANY) && wanted.restrictions().isEmpty();
        return pseudo || (held != null && held.covers(wanted));
    }

    /** All that either scope allows: the narrowest scope that covers both. */
    public Scope union(Scope other) {
        Map<String, ScopeItem> both = new LinkedHashMap<>(items);
        other.items.values().forEach(item -> add(both, item));
        return of(both);
    }

    /** What both scopes allow: the widest scope that both cover, which is {@code any} where they share no name. */
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

    /** The scope in the order of the request: what is stored, and said in every token answer. */
    public String asGranted() {
        return written(items.values(), ScopeItem::writeAsGranted);
    }

    /** The scope with names and restrictions sorted: what verify and revoke say, and comparisons use. */
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
