package dev.kerbearer.bootstrap.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.NameIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the known key that is nearest to an unknown key. A free part of a key, such as the name of a realm, matches any
 * text. If the name of a realm has no quotes, its dots divide it into several parts.
 */
final class NearestKey {

    private static final String FREE = "*";

    private NearestKey() {}

    private record Candidate(String key, int distance) {}

    /** Returns the nearest key of Kerbearer, in the spelling of a properties file. */
    static String to(String unknown) {
        List<String> written = segments(unknown);
        Candidate nearest = new Candidate("", Integer.MAX_VALUE);
        for (String key :
                new TreeSet<>(ConfigMappings.getProperties(ConfigClass.configClass(KerbearerConfig.class, "kerbearer"))
                        .keySet())) {
            Optional<Candidate> candidate = fit(segments(key), written, "", 0);
            if (candidate.isPresent() && candidate.get().distance() < nearest.distance()) {
                nearest = candidate.get();
            }
        }
        return nearest.key();
    }

    private static List<String> segments(String key) {
        List<String> segments = new ArrayList<>();
        for (NameIterator name = new NameIterator(key); name.hasNext(); name.next()) {
            segments.add(name.getNextSegment());
        }
        return segments;
    }

    /**
     * Compares the rest of a known key with the rest of the written key; {@code so} is the part that is already
     * compared.
     */
    private static Optional<Candidate> fit(List<String> key, List<String> written, String so, int distance) {
        if (key.isEmpty()) {
            return Optional.of(new Candidate(so, distance + lengthOf(written)));
        }
        List<String> rest = key.subList(1, key.size());
        if (!key.get(0).equals(FREE)) {
            String first = written.isEmpty() ? "" : written.get(0);
            List<String> remaining = written.isEmpty() ? written : written.subList(1, written.size());
            return fit(rest, remaining, joined(so, key.get(0)), distance + distance(key.get(0), first));
        }
        Optional<Candidate> best = Optional.empty();
        for (int taken = 1; taken <= written.size(); taken++) {
            String name = String.join(".", written.subList(0, taken));
            Optional<Candidate> candidate =
                    fit(rest, written.subList(taken, written.size()), joined(so, quoted(name)), distance + taken - 1);
            best = nearer(best, candidate);
        }
        return best;
    }

    private static Optional<Candidate> nearer(Optional<Candidate> one, Optional<Candidate> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.comparingInt(Candidate::distance));
    }

    private static int lengthOf(List<String> segments) {
        return segments.stream().mapToInt(segment -> segment.length() + 1).sum();
    }

    private static String joined(String so, String segment) {
        return so.isEmpty() ? segment : so + "." + segment;
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z0-9_-]+") ? name : "\"" + name + "\"";
    }

    /** Returns how many letters must be added, removed or replaced (Levenshtein). Case does not matter. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
