package dev.kerbearer.bench;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Collects times in nanoseconds, in order of arrival. */
final class Times {

    private long[] nanos = new long[4096];
    private long[] starts = new long[4096];
    private int count;

    void add(long time) {
        add(0, time);
    }

    void add(long start, long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = start;
        nanos[count++] = time;
    }

    private void addAll(Times others) {
        for (int i = 0; i < others.count; i++) {
            add(others.starts[i], others.nanos[i]);
        }
    }

    Sorted sorted() {
        return startedWhen(start -> true);
    }

    private Sorted startedWhen(LongPredicate start) {
        return new Sorted(
                this,
                IntStream.range(0, count)
                        .filter(i -> start.test(starts[i]))
                        .mapToLong(i -> nanos[i])
                        .sorted()
                        .toArray());
    }

    /** Times in ascending order. */
    static final class Sorted {

        private final Times times;
        private final long[] nanos;

        private Sorted(Times times, long[] nanos) {
            this.times = times;
            this.nanos = nanos;
        }

        Sorted and(Sorted next) {
            Times both = new Times();
            both.addAll(times);
            both.addAll(next.times);
            return both.sorted();
        }

        /** Returns only the times of requests that were due at a matching moment. */
        Sorted startedWhen(LongPredicate start) {
            return times.startedWhen(start);
        }

        int count() {
            return nanos.length;
        }

        /** Returns the time, in milliseconds, that is not exceeded by this share of all times. */
        double millis(double share) {
            return nanos.length == 0
                    ? Double.NaN
                    : nanos[Math.min(nanos.length - 1, (int) (share * nanos.length))] / 1e6;
        }
    }
}
