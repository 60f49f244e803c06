package dev.kerbearer.domain.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user or group, identified by a prefixed universal id: {@code local:{de3944a8-3479-4450-b412-0dacd642017d}}. The id
 * survives renaming. A new user with an old name is a new identity.
 *
 * @param provider the provider that keeps the identity
 * @param guid the permanent id at the provider
 */
public record Identity(Provider provider, UUID guid) {

    private static final Pattern WRITTEN = Pattern.compile(
            "(" + Provider.NAME.pattern() + "):\\{([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})}");

    /** Reads a prefixed universal id; returns empty if the text is something else, for example a prefixed name. */
    public static Optional<Identity> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                ? Optional.of(new Identity(new Provider(matcher.group(1)), UUID.fromString(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns the prefixed universal id: lower-case, in braces. */
    @Override
    public String toString() {
        return provider + ":{" + guid.toString().toLowerCase(Locale.ROOT) + "}";
    }
}
