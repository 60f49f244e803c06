package dev.kerbearer.domain.scope;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * One name of a scope with its permissions: {@code certificate:discover,manage}. Without restrictions it means read
 * only; {@code read} means the same and is dropped.
 *
 * @param name lower-case, {@code [a-z][a-z0-9._-]*}, at most 64 characters
 * @param restrictions the restrictions except {@code read}, in the order they were given
 */
public record ScopeItem(String name, Set<Restriction> restrictions) {

    /**
     * @throws dev.kerbearer.domain.refusal.RefusedException if {@code name} does not match the grammar
     */
    public ScopeItem {
        name = ScopeName.checked(name);
        Set<Restriction> kept = new LinkedHashSet<>(restrictions);
        kept.removeIf(restriction -> restriction.name().equals(Restriction.READ));
        restrictions = Collections.unmodifiableSet(kept);
    }

    /** Returns whether this item allows everything in {@code other}, an item of the same name. */
    boolean covers(ScopeItem other) {
        return restrictions.containsAll(other.restrictions);
    }

    ScopeItem union(ScopeItem other) {
        Set<Restriction> both = new LinkedHashSet<>(restrictions);
        both.addAll(other.restrictions);
        return new ScopeItem(name, both);
    }

    ScopeItem intersect(ScopeItem other) {
        Set<Restriction> shared = new LinkedHashSet<>(restrictions);
        shared.retainAll(other.restrictions);
        return new ScopeItem(name, shared);
    }

    /** Writes the item with its restrictions in the order they were given. */
    void writeAsGranted(StringBuilder text) {
        write(text, restrictions);
    }

    /** Writes the item with its restrictions sorted. */
    void writeCanonical(StringBuilder text) {
        write(text, new TreeSet<>(restrictions));
    }

    private void write(StringBuilder text, Set<Restriction> ordered) {
        text.append(name);
        char before = ':';
        for (Restriction restriction : ordered) {
            text.append(before).append(restriction.name());
            before = ',';
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        writeAsGranted(text);
        return text.toString();
    }
}
