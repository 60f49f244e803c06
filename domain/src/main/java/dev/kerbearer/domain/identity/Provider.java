package dev.kerbearer.domain.identity;

import java.util.regex.Pattern;

/**
 * The provider that keeps identities: {@code local}, or {@code AD+<name>} for an Active Directory.
 *
 * @param name the text before the colon of a prefixed name
 */
public record Provider(String name) {

    static final Pattern NAME = Pattern.compile("local|AD\\+[A-Za-z0-9._-]{1,64}");

    /** The provider of the identities that Kerbearer keeps itself. */
    public static final Provider LOCAL = new Provider("local");

    /**
     * @throws IllegalArgumentException if the name is neither {@code local} nor {@code AD+<name>}
     */
    public Provider {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a provider is local or AD+<name>, not " + name);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
