package dev.kerbearer.bootstrap.config;

import java.io.Serial;
import org.eclipse.microprofile.config.spi.Converter;

/** Accepts only {@code true} and {@code false}. The default converter reads a typing error as false. */
public final class TrueOrFalse implements Converter<Boolean> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Called by the configuration. */
    public TrueOrFalse() {}

    @Override
    public Boolean convert(String value) {
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("the value must be true or false, not " + value);
        };
    }
}
