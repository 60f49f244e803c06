package dev.kerbearer.bootstrap.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Adds {@link SecretFiles} to the configuration if another source names their folder. Found by the service loader. */
public final class SecretFilesFactory implements ConfigSourceFactory {

    static final String KEY = "kerbearer.secrets-dir";

    /** Called by the service loader. */
    public SecretFilesFactory() {}

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String folder = value(context, KEY);
        return folder == null || folder.isBlank()
                ? List.of()
                : List.of(new SecretFiles(Path.of(folder), literally(context)));
    }

    /**
     * Takes a secret literally, not as an expression: {@code Pa$$w0rd} is not {@code Pa$w0rd}, and <code>${x}</code> is
     * not replaced. A backslash escapes (MicroProfile Config section "Property Expressions").
     */
    private static UnaryOperator<String> literally(ConfigSourceContext context) {
        return "false".equals(value(context, Config.PROPERTY_EXPRESSIONS_ENABLED))
                ? UnaryOperator.identity()
                : text -> text.replace("$", "\\$");
    }

    private static @Nullable String value(ConfigSourceContext context, String key) {
        ConfigValue value = context.getValue(key);
        return value == null ? null : value.getValue();
    }
}
