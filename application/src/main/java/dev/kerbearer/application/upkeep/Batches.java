package dev.kerbearer.application.upkeep;

import java.util.function.IntUnaryOperator;

/** Processes many rows in small transactions, so that no other transaction waits long. */
final class Batches {

    private static final int SIZE = 1000;

    private Batches() {}

    /**
     * Runs batches until one is not full.
     *
     * @param batch processes at most the given number of rows, and returns how many it processed
     * @return how many in total
     */
    static int all(IntUnaryOperator batch) {
        int total = 0;
        int done;
        do {
            done = batch.applyAsInt(SIZE);
            total += done;
        } while (done == SIZE);
        return total;
    }
}
