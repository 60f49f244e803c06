package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The forest that a domain belongs to.
 *
 * @param configuration the distinguished name of its configuration, the same for each of its domains
 * @param suffixes the allowed suffixes after the {@code @} of a user principal name, in lower case: the names of its
 *     domains, and those that administrators added ({@code uPNSuffixes})
 */
public record Forest(String configuration, Set<String> suffixes) {

    static final String MORE_SUFFIXES = "uPNSuffixes";

    static Forest of(
            String configuration, Collection<SearchResultEntry> domains, Collection<SearchResultEntry> partitions) {
        Set<String> suffixes = new HashSet<>();
        domains.stream().map(DomainNames::in).flatMap(Optional::stream).forEach(names -> {
            suffixes.add(inSmallLetters(names.dns()));
            suffixes.add(inSmallLetters(names.netbios()));
        });
        partitions.stream()
                .map(entry -> Optional.ofNullable(entry.getAttributeValues(MORE_SUFFIXES)))
                .flatMap(Optional::stream)
                .flatMap(values -> List.of(values).stream())
                .forEach(suffix -> suffixes.add(inSmallLetters(suffix)));
        return new Forest(inSmallLetters(configuration), Set.copyOf(suffixes));
    }

    private static String inSmallLetters(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns whether the suffix is one of this forest. */
    public boolean hasSuffix(String suffix) {
        return suffixes.contains(inSmallLetters(suffix));
    }

    /** Returns whether both are the same forest, even if their known suffixes differ. */
    public boolean isThatOf(Forest other) {
        return configuration.equals(other.configuration);
    }
}
