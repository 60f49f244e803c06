package dev.kerbearer.bootstrap.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The keys for secrets. The value is the secret itself, or {@code file:} and the path of a file with the secret. */
public final class SecretKeys {

    private static final Pattern SECRET = Pattern.compile("kerbearer\\.keys\\.(current|previous)"
            + "|kerbearer\\.directories\\..+\\.bind\\.password"
            + "|quarkus\\.(datasource|flyway)\\.password"
            + "|quarkus\\.(tls|http\\.ssl|management\\.ssl)\\..*password"
            + "|quarkus\\.otel\\..*headers");

    /** The value is only the name of another key. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?<key>[^{}:]+)}");

    /** The name of an environment variable. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private static final String ESCAPED_DOLLAR = "\\$";
    private static final int DEEPEST = 5;

    private SecretKeys() {}

    /** Returns whether the value of this key is a secret. */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    /**
     * Returns the secret keys with a value in which {@code $} begins an expression of the configuration, sorted. Such a
     * value may be changed: {@code $$} becomes {@code $}, and <code>${...}</code> becomes the value of another key.
     * Values from {@link SecretFiles} never change.
     */
    public static Set<String> withDollar(Config config) {
        Map<String, String> keys = new TreeMap<>();
        for (String key : config.getPropertyNames()) {
            String dotted = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ".");
            boolean secret = isSecret(key) || (VARIABLE.matcher(key).matches() && isSecret(dotted));
            if (secret && hasDollar(config.unwrap(SmallRyeConfig.class), key, DEEPEST)) {
                // An environment variable may be listed under its own name and also under the name of its key.
                keys.merge(dotted, key, (one, other) -> VARIABLE.matcher(one).matches() ? other : one);
            }
        }
        return new TreeSet<>(keys.values());
    }

    private static boolean hasDollar(SmallRyeConfig config, String key, int deep) {
        String raw = raw(config, key).orElse("");
        Matcher reference = REFERENCE.matcher(raw);
        if (reference.matches()) {
            return deep > 0 && hasDollar(config, reference.group("key"), deep - 1);
        }
        return raw.replace(ESCAPED_DOLLAR, "").contains("$");
    }

    /** An expression that cannot be replaced is reported elsewhere. */
    private static Optional<String> raw(SmallRyeConfig config, String key) {
        try {
            return Optional.ofNullable(config.getConfigValue(key)).map(ConfigValue::getRawValue);
        } catch (NoSuchElementException unknownReference) {
            return Optional.of("$");
        }
    }
}
