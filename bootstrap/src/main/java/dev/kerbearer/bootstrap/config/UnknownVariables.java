package dev.kerbearer.bootstrap.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds environment variables that look like keys of Kerbearer but are not. They only cause a warning, while an unknown
 * key stops the start: Kubernetes sets such names for any service called kerbearer.
 */
public final class UnknownVariables {

    private static final String PREFIX = "KERBEARER_";

    private UnknownVariables() {}

    /** Returns those of the names that are unknown, sorted. */
    public static List<String> among(Collection<String> names) {
        Predicate<String> known =
                ConfigMappings.getProperties(ConfigClass.configClass(KerbearerConfig.class, "kerbearer"))
                        .keySet()
                        .stream()
                        .map(UnknownVariables::written)
                        .reduce(name -> false, Predicate::or);
        return names.stream()
                .filter(name -> name.startsWith(PREFIX) && !known.test(name))
                .sorted()
                .toList();
    }

    /**
     * Matches the environment variable of a key as MicroProfile Config writes it. A free part of the key matches
     * anything.
     */
    private static Predicate<String> written(String key) {
        String pattern = key.toUpperCase(Locale.ROOT)
                .replaceAll("\"?\\*\"?", "*")
                .replaceAll("[^A-Z0-9*]", "_")
                .replace("*", ".+");
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
