package dev.kerbearer.domain.scope;

/**
 * A permission beyond reading, within one {@link ScopeItem}: {@code manage} in {@code certificate:manage}. One
 * restriction does not imply another: {@code delete} does not imply {@code manage}.
 *
 * @param name lower-case, {@code [a-z][a-z0-9._-]*}, at most 64 characters
 */
public record Restriction(String name) implements Comparable<Restriction> {

    /** Means the same as no restriction, and is therefore never stored. */
    static final String READ = "read";

    /**
     * @throws dev.kerbearer.domain.refusal.RefusedException if {@code name} does not match the grammar
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
