package dev.kerbearer.bootstrap.config;

import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Checks Kerbearer's keys before anything is started. Otherwise the database would start first, and the message about a
 * wrong key would follow many other lines.
 */
public final class CheckedConfiguration {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CheckedConfiguration() {}

    /**
     * Returns the configuration of these sources with Kerbearer's own mappings. Before the application starts, the
     * current configuration has no mappings.
     *
     * @throws IllegalStateException if a key is unknown, is missing or has a wrong value; the message names it and says
     *     what is right
     */
    public static SmallRyeConfig of(Config current) {
        List<ConfigSource> sources = new ArrayList<>();
        current.getConfigSources().forEach(sources::add);
        List<String> profiles = current.unwrap(SmallRyeConfig.class).getProfiles();
        requireNoByteOrderMark(sources);
        requireExpressions(builder(sources, profiles).build());
        try {
            SmallRyeConfig checked = builder(sources, profiles)
                    .withMapping(KerbearerConfig.class)
                    .withMapping(KerberosConfig.class)
                    .withMappingIgnore("quarkus.**")
                    .build();
            Ports.of(checked).check();
            return checked;
        } catch (ConfigValidationException refused) {
            throw new IllegalStateException(Problems.of(refused));
        }
    }

    private static SmallRyeConfigBuilder builder(List<ConfigSource> sources, List<String> profiles) {
        return new SmallRyeConfigBuilder()
                .withProfiles(profiles)
                .withSources(sources)
                .addDefaultInterceptors()
                .addDiscoveredConverters();
    }

    /**
     * Editors on Windows write a byte order mark. It becomes a part of the first key, and this key would be ignored.
     *
     * @throws IllegalStateException if a file begins with one
     */
    private static void requireNoByteOrderMark(List<ConfigSource> sources) {
        for (ConfigSource source : sources) {
            if (source.getPropertyNames().stream().anyMatch(key -> key.startsWith(BYTE_ORDER_MARK))) {
                throw new IllegalStateException(
                        source.getName() + " begins with a byte order mark, which makes its first"
                                + " key unreadable: save the file as UTF-8 without it");
            }
        }
    }

    /**
     * If an expression cannot be replaced, an optional value becomes absent without any message.
     *
     * @throws IllegalStateException if there is such an expression; the message does not quote the value, which may be
     *     a secret
     */
    private static void requireExpressions(SmallRyeConfig config) {
        List<String> keys = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> key.startsWith("kerbearer.") || SecretKeys.isSecret(key))
                .filter(key -> isUnresolved(config, key))
                .distinct()
                .sorted()
                .toList();
        if (!keys.isEmpty()) {
            throw new IllegalStateException(
                    String.join(", ", keys) + ": the value has a ${...} that names no key of the"
                            + " configuration. If it is a part of a secret, put the secret into a file of"
                            + " kerbearer.secrets-dir, where nothing is replaced");
        }
    }

    private static boolean isUnresolved(SmallRyeConfig config, String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            return value.hasProblems() || (value.getRawValue() != null && value.getValue() == null);
        } catch (NoSuchElementException expression) {
            return true;
        }
    }
}
