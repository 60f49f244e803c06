package dev.kerbearer.bootstrap.config;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the messages of the configuration library about wrong keys into an operator's words. */
final class Problems {

    private static final Pattern UNKNOWN =
            Pattern.compile("SRCFG00050: (?<key>.+) in (?<source>.+) does not map to .*");
    private static final Pattern MISSING =
            Pattern.compile("(?:\\S+: )?SRCFG00014: The config property (?<key>\\S+) is required but .*");
    private static final Pattern EMPTY =
            Pattern.compile("(?:\\S+: )?SRCFG00040: The config property (?<key>\\S+) is defined as the empty .*");
    private static final Pattern WRONG = Pattern.compile(
            "(?:\\S+: )?SRCFG00039: The config property (?<key>.+) with the config value \"(?<value>.*)\" threw an"
                    + " Exception whilst being converted (?:\\S+Exception: )?(?:SRCFG\\d+: )?(?<reason>.*)",
            Pattern.DOTALL);

    private Problems() {}

    /** Returns one line per problem. */
    static String of(ConfigValidationException refused) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < refused.getProblemCount(); i++) {
            lines.add(inWords(refused.getProblem(i).getMessage()));
        }
        return String.join(System.lineSeparator() + "  and: ", lines);
    }

    static String inWords(String problem) {
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.matches()) {
            return unknown.group("key") + " is no key of Kerbearer; the nearest one is "
                    + NearestKey.to(unknown.group("key")) + " (it is set in " + unknown.group("source")
                    + "; docs/configuration.md lists all keys)";
        }
        Matcher missing = MISSING.matcher(problem);
        if (missing.matches()) {
            return missing.group("key") + " is missing";
        }
        Matcher empty = EMPTY.matcher(problem);
        if (empty.matches()) {
            return empty.group("key") + " is empty: remove the key, or give it a value";
        }
        Matcher wrong = WRONG.matcher(problem);
        return wrong.matches() ? wrong(wrong.group("key"), wrong.group("value"), wrong.group("reason")) : problem;
    }

    private static String wrong(String key, String value, String reason) {
        String shown = SecretKeys.isSecret(key) ? "has a value" : "is \"" + value + "\"";
        return key + " " + shown + " that cannot be read (" + reason + ")"
                + typeOf(key).map(type -> "; it must be " + type).orElse("");
    }

    /** Returns the type that the value of a key must have, with an example. */
    private static Optional<String> typeOf(String key) {
        Map<String, Property> known =
                ConfigMappings.getProperties(ConfigClass.configClass(KerbearerConfig.class, "kerbearer"));
        return known.entrySet().stream()
                .filter(entry -> fits(entry.getKey(), key))
                .findFirst()
                .flatMap(entry -> example(entry.getValue().getMethod().getGenericReturnType()));
    }

    /** A free part of a known key matches any text. */
    private static boolean fits(String known, String key) {
        return Pattern.matches(Pattern.quote(known).replace("\"*\"", "*").replace("*", "\\E.+\\Q"), key);
    }

    private static Optional<String> example(Type type) {
        String name = type.getTypeName();
        if (name.contains("java.time.Duration")) {
            return Optional.of("a duration like 30s, 10m, 12h or 90d");
        }
        if (name.contains("java.net.URI")) {
            return Optional.of("a URL like https://auth.example.com");
        }
        if (name.contains("java.nio.file.Path")) {
            return Optional.of("a path");
        }
        return name.equals("int") || name.contains("java.lang.Integer")
                ? Optional.of("a whole number")
                : Optional.empty();
    }
}
