package dev.kerbearer.bench;

import java.util.List;

/** The least, median and greatest value of several rounds. */
record Spread(double least, double median, double most) {

    /** Returns the spread of an odd number of rounds. */
    static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        return new Spread(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
