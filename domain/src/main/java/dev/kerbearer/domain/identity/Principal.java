package dev.kerbearer.domain.identity;

/**
 * A Kerberos principal (RFC 4120 section 6.2). The realm is part of who somebody is: {@code alice} of one realm is not
 * {@code alice} of another.
 *
 * @param name the components, joined by {@code /}
 * @param realm case sensitive
 */
public record Principal(String name, String realm) {

    /**
     * @throws IllegalArgumentException where either part is empty
     */
    public Principal {
        if (name.isEmpty() || realm.isEmpty()) {
            throw new IllegalArgumentException("a principal has a name and a realm, as in alice@EXAMPLE.COM");
        }
    }

    /**
     * Reads {@code name@REALM}; an {@code @} in the name is written {@code \@}, as Kerberos does.
     *
     * @throws IllegalArgumentException where the text is something else
     */
    public static Principal parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.charAt(at - 1) == '\\') {
            throw new IllegalArgumentException(text + " has no realm, as in alice@EXAMPLE.COM");
        }
        return new Principal(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return name + "@" + realm;
    }
}
