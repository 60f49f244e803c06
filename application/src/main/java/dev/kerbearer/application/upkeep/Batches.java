package dev.kerbearer.application.upkeep;

import java.util.function.IntUnaryOperator;

/** Works through many rows in small transactions, so that nobody waits for long. */
final class Batches {

    private static final int SIZE = 1000;

    private Batches() {}

    /**
     * Goes on until a batch is not full.
     *
     * @param batch does as many as it is told at the most, and answers how many
     * @return how many in all
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
