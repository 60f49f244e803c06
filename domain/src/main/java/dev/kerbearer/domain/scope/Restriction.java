package dev.kerbearer.domain.scope;

/**
 * What may be done beyond reading, within one {@link ScopeItem}: {@code manage} in {@code certificate:manage}.
 * Restrictions are not inherited: {@code delete} does not imply {@code manage}.
 *
 * @param name lower-case, {@code [a-z][a-z0-9._-]*}, at most 64 characters
 */
public record Restriction(String name) implements Comparable<Restriction> {

    /** Says the same as having no restriction, and is therefore never kept. */
    static final String READ = "read";

    /**
     * @throws dev.kerbearer.domain.refusal.RefusedException where {@code name} is not of the grammar
     */
    public Restriction {
        name = ScopeName.checked(name);
    }

    @Override
    public int compareTo(Restriction other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
