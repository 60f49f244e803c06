package dev.kerbearer.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a load. The times are those of answers with the expected status, those of all other answers, and
 * the delay with which the load itself sent due requests.
 */
record LoadResult(
        Times.Sorted good,
        Times.Sorted other,
        Map<Integer, Long> statuses,
        int broken,
        double seconds,
        Times.Sorted lag) {

    double perSecond() {
        return good.count() / seconds;
    }

    int count() {
        return good.count() + other.count();
    }

    /** Returns both results combined. */
    LoadResult and(LoadResult next) {
        Map<Integer, Long> all = new TreeMap<>(statuses);
        next.statuses.forEach((status, count) -> all.merge(status, count, Long::sum));
        return new LoadResult(
                good.and(next.good),
                other.and(next.other),
                all,
                broken + next.broken,
                seconds + next.seconds,
                lag.and(next.lag));
    }
}
