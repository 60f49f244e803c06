package dev.kerbearer.domain.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Kerberos principal (RFC 4120 section 6.2). The realm is part of the identity: {@code alice} in one realm is not
 * {@code alice} in another. The number of components counts too: {@code host/box} (two) is not {@code host\/box} (one).
 *
 * @param components the components of the name, as the KDC has them, without escapes
 * @param realm the realm; case sensitive
 */
public record Principal(List<String> components, String realm) {

    /**
     * Copies {@code components}.
     *
     * @throws IllegalArgumentException if there is no component, if a component or the realm is empty, or if one
     *     contains a control character
     */
    public Principal {
        components = List.copyOf(components);
        if (components.isEmpty() || realm.isEmpty() || components.contains("")) {
            throw new IllegalArgumentException("a principal has a name and a realm, as in alice@EXAMPLE.COM");
        }
        if (isUnprintable(realm) || components.stream().anyMatch(Principal::isUnprintable)) {
            throw new IllegalArgumentException("a principal must not contain a control character");
        }
    }

    private static boolean isUnprintable(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /**
     * Reads the written form, as {@code klist} shows it (RFC 1964 section 2.1.1): {@code /} between components and
     * {@code @} before the realm. Inside a component, these characters and a backslash are escaped with a backslash.
     *
     * @throws IllegalArgumentException if the text is something else; the message explains the written form
     */
    public static Principal parse(String text) {
        List<String> components = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inRealm = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                part.append(escaped(text, i));
            } else if (c == '@' && inRealm) {
                throw new IllegalArgumentException(text + " has two realms: an @ in a name is written \\@");
            } else if (c == '@' || (c == '/' && !inRealm)) {
                inRealm = c == '@';
                components.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (!inRealm) {
            throw new IllegalArgumentException(text + " has no realm, as in alice@EXAMPLE.COM");
        }
        return new Principal(components, part.toString());
    }

    /**
     * Returns the escaped character. Heimdal's {@code klist} also escapes spaces. An escaped letter stands for a
     * control character, which no principal may have.
     */
    private static char escaped(String text, int at) {
        char c = at < text.length() ? text.charAt(at) : 0;
        if ("/@\\ ".indexOf(c) < 0) {
            throw new IllegalArgumentException(text
                    + " has a backslash that escapes nothing: a backslash is written \\\\, a slash \\/ and an @ \\@");
        }
        return c;
    }

    /** Returns the name without the realm, in its one written form. */
    public String name() {
        return components.stream().map(Principal::written).collect(Collectors.joining("/"));
    }

    private static String written(String component) {
        return component.replace("\\", "\\\\").replace("/", "\\/").replace("@", "\\@");
    }

    /** Returns the written form, which {@link #parse} reads. */
    @Override
    public String toString() {
        return name() + "@" + written(realm);
    }
}
