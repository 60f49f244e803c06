package dev.kerbearer.domain.scope;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One name of a scope with what may be done there: {@code certificate:discover,manage}. Without restrictions it means
 * read only; {@code read} says the same and is dropped.
 *
 * @param name lower-case, {@code [a-z][a-z0-9._-]*}, at most 64 characters
 * @param restrictions without {@code read}, in the order they were given
 */
public record ScopeItem(String name, Set<Restriction> restrictions) {

    /**
     * @throws dev.kerbearer.domain.refusal.RefusedException where {@code name} is not of the grammar
     */
    public ScopeItem {
        name = ScopeName.checked(name);
        Set<Restriction> kept = new LinkedHashSet<>(restrictions);
        kept.removeIf(restriction -> restriction.name().equals(Restriction.READ));
        restrictions = Collections.unmodifiableSet(kept);
    }

    /** Whether this item allows all that {@code other}, an item of the same name, asks for. */
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

    /** The item with its restrictions in the order they were given. */
    String asGranted() {
        return written(restrictions);
    }

    /** The item with its restrictions sorted. */
    String canonical() {
        return written(restrictions.stream().sorted().toList());
    }

    private String written(Collection<Restriction> ordered) {
        return ordered.isEmpty()
                ? name
                : name + ordered.stream().map(Restriction::name).collect(joining(",", ":", ""));
    }

    @Override
    public String toString() {
        return asGranted();
    }
}
