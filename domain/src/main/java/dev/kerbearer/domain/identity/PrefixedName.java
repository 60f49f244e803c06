package dev.kerbearer.domain.identity;

/**
 * The display name of a user or group: {@code local:alice}, {@code AD+CORP:alice}. It may change; an {@link Identity}
 * does not.
 *
 * @param provider the provider that keeps the user or group
 * @param name the name within the provider; users and groups share one name space
 */
public record PrefixedName(Provider provider, String name) {

    /**
     * @throws IllegalArgumentException if the name is blank, is longer than 256 characters or has a control character
     */
    public PrefixedName {
        if (name.isBlank() || name.length() > 256 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has 1 to 256 characters, and no control character");
        }
    }

    /**
     * Reads {@code provider:name}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static PrefixedName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(text + " has no provider before it, as in local:" + text);
        }
        return new PrefixedName(new Provider(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return provider + ":" + name;
    }
}
