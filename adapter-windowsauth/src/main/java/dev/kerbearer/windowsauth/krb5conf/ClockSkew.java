package dev.kerbearer.windowsauth.krb5conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The allowed clock difference of a client: what {@code krb5.conf} says, or 5 minutes. The JDK reads the same file.
 * Sign-ins are remembered accordingly, so that no ticket can be used again after its sign-in is forgotten.
 */
public final class ClockSkew {

    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final String HEXADECIMAL = "0x";

    /** The number with which the JDK marks a missing setting. */
    private static final int NOT_SET = Integer.MIN_VALUE;

    private ClockSkew() {}

    /** Returns the clock difference that the JDK accepts. */
    public static Duration inForce() {
        return of(Krb5ConfFile.inForce());
    }

    /** If the JDK cannot read the file or the number, it silently uses the default. */
    static Duration of(Path krb5Conf) {
        return written(krb5Conf).stream()
                .findFirst()
                .flatMap(ClockSkew::readable)
                .filter(skew -> skew.toSeconds() != NOT_SET)
                .orElse(DEFAULT);
    }

    /**
     * Checks that the configured value can be read.
     *
     * @throws IllegalStateException if the JDK would use 5 minutes instead of the value, or accept no ticket; the
     *     message gives the fix
     */
    public static void check() {
        check(Krb5ConfFile.inForce());
    }

    static void check(Path krb5Conf) {
        for (String value : written(krb5Conf)) {
            try {
                if (seconds(value) < 0) {
                    throw new NumberFormatException("negative");
                }
            } catch (NumberFormatException unreadable) {
                throw new IllegalStateException(
                        "clockskew in " + krb5Conf + " (or a file that it includes) is " + value
                                + ", which Java cannot read: it would use 5 minutes instead, or accept no ticket."
                                + " Write only seconds, like 300 or 0x12c",
                        unreadable);
            }
        }
    }

    /**
     * Returns what is wrong if the file exists and the JDK cannot read it. The JDK then ignores the whole file and
     * allows 5 minutes.
     */
    public static Optional<String> unreadable() {
        return unreadable(Krb5ConfFile.inForce());
    }

    static Optional<String> unreadable(Path krb5Conf) {
        if (Files.notExists(krb5Conf)) {
            return Optional.empty();
        }
        try {
            Krb5Conf.read(krb5Conf);
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(
                    krb5Conf + " exists, but Java cannot read it, so nothing in it is used: clocks may differ by 5"
                            + " minutes, and KDCs are found only by DNS. Fix it: " + unreadable);
        }
    }

    /**
     * Supplies the longest clock difference that the JDK may accept from now on. The JDK reads the file once, when it
     * first needs it, so values from before a change still count. Never less than the default, because another node may
     * use that.
     */
    public static Supplier<Duration> longest() {
        return longest(Krb5ConfFile.inForce());
    }

    static Supplier<Duration> longest(Path krb5Conf) {
        return new Supplier<>() {
            private Duration longest = longestOf(krb5Conf, DEFAULT);

            @Override
            public synchronized Duration get() {
                longest = longestOf(krb5Conf, longest);
                return longest;
            }
        };
    }

    /** Takes the longest of all values. JDK versions differ in which file of an included folder comes first. */
    private static Duration longestOf(Path krb5Conf, Duration known) {
        return written(krb5Conf).stream()
                .map(ClockSkew::readable)
                .flatMap(Optional::stream)
                .reduce(known, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private static Optional<Duration> readable(String value) {
        try {
            return Optional.of(Duration.ofSeconds(seconds(value)));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static List<String> written(Path krb5Conf) {
        try {
            Krb5Conf conf = Krb5Conf.read(krb5Conf);
            return conf.hasSection("libdefaults", "clockskew")
                    ? List.of("a section")
                    : conf.values("libdefaults", "clockskew");
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Reads the forms that the JDK reads: decimal with or without a sign, and hexadecimal. */
    private static int seconds(String value) {
        if (!value.startsWith(HEXADECIMAL)) {
            return Integer.parseInt(value.startsWith("+") ? value.substring(1) : value);
        }
        String digits = value.substring(HEXADECIMAL.length());
        if (!digits.matches("[0-9a-fA-F]{0,8}")) {
            throw new NumberFormatException(value);
        }
        int seconds = digits.isEmpty() ? 0 : Integer.parseUnsignedInt(digits, 16);
        if (seconds < 0) {
            throw new NumberFormatException(value);
        }
        return seconds;
    }
}
