package dev.kerbearer.bootstrap.config;

import dev.kerbearer.bootstrap.Kerbearer;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Environment variables that look like keys of Kerbearer's own and are none. They only earn a warning, where an unknown
 * key stops the start: Kubernetes makes such names for any service that is called kerbearer.
 */
public final class UnknownVariables {

    private static final String PREFIX = "KERBEARER_";

    private UnknownVariables() {}

    /** Those of these names, in order. */
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

    /** How MicroProfile Config writes a key as a variable; a part of the key that is free can be anything. */
    private static Predicate<String> written(String key) {
        String pattern = key.toUpperCase(Locale.ROOT)
                .replaceAll("\"?\\*\"?", "*")
                .replaceAll("[^A-Z0-9*]", "_")
                .replace("*", ".+");
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
