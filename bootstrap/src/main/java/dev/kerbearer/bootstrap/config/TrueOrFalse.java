package dev.kerbearer.bootstrap.config;

import java.io.Serial;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads {@code true} or {@code false}, and refuses the rest: the default converter takes a typing error for false. */
public final class TrueOrFalse implements Converter<Boolean> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** For the configuration, which makes one. */
    public TrueOrFalse() {}

    @Override
    public Boolean convert(String value) {
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is true or false, not " + value);
        };
    }
}
