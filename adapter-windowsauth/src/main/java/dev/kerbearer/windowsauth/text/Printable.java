package dev.kerbearer.windowsauth.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes text that a client or a KDC chose safe for a log: printable ASCII of limited length. */
public final class Printable {

    private static final int LONGEST = 200;
    private static final int MOST = 10;
    private static final String MORE = "...";

    private Printable() {}

    /** Replaces unprintable characters by a question mark, and cuts a long text. */
    public static String of(String text) {
        String printable = text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^ -~]", "?");
        return text.length() > LONGEST ? printable + MORE : printable;
    }

    /** Joins several texts; of many, only the first ones. */
    public static String of(List<String> texts, String between) {
        Stream<String> more = texts.size() > MOST ? Stream.of(MORE) : Stream.empty();
        return Stream.concat(texts.stream().limit(MOST).map(Printable::of), more)
                .collect(Collectors.joining(between));
    }
}
