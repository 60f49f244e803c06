package dev.kerbearer.windowsauth.krb5conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far a client's clock may be off: what krb5.conf says, or 5 minutes. The JDK takes it from there, and a sign-in is
 * remembered accordingly, so that no ticket outlives the memory of its use.
 */
public final class ClockSkew {

    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final String HEXADECIMAL = "0x";

    /** By this number the JDK says that nothing is written. */
    private static final int NOT_SET = Integer.MIN_VALUE;

    private ClockSkew() {}

    /** What the JDK lets pass. */
    public static Duration inForce() {
        return of(Krb5ConfFile.inForce());
    }

    /** Where the JDK cannot read the file or the number, it takes the default and says nothing. */
    static Duration of(Path krb5Conf) {
        return written(krb5Conf).stream()
                .findFirst()
                .flatMap(ClockSkew::readable)
                .filter(skew -> skew.toSeconds() != NOT_SET)
                .orElse(DEFAULT);
    }

    /**
     * Whether what is written can be read.
     *
     * @throws IllegalStateException where the JDK would take 5 minutes instead of what is written, or let nobody in; the
     *     message says how to mend
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
                                + ", which Java cannot read: it would take 5 minutes instead, or no ticket at all. Write"
                                + " seconds alone, like 300 or 0x12c",
                        unreadable);
            }
        }
    }

    /** What is wrong with a file that is there and that the JDK cannot read as a whole: it takes none of it, and 5 minutes. */
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
                    krb5Conf + " is there, and Java cannot read it, so nothing in it counts: clocks may differ by 5"
                            + " minutes, whatever it says, and KDCs are found by DNS alone. Mend it: " + unreadable);
        }
    }

    /**
     * The longest that the JDK may let pass at any time from now on. It reads the file once, when it first needs it, so a
     * file that is changed after the start counts with what it said before. Never less than the default, since another node
     * may have that.
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

    /** Of all values: which file of a folder comes first is the JDK's to decide, and its versions differ. */
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

    /** The forms that the JDK reads: decimal with or without a sign, and hexadecimal. */
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
