package dev.kerbearer.bench;

import java.util.List;

/** What several rounds came to. */
record Spread(double least, double median, double most) {

    /** Of an odd number of rounds. */
    static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        return new Spread(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
