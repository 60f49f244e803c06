package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the state of unfinished handshakes, by connection. An entry is valid for one answer and for {@link #GOOD_FOR}.
 * The number of entries is limited, in all and per client address; the oldest entry is dropped first.
 *
 * @param <T> the state of a handshake
 */
final class HalfOpen<T> {

    static final int MOST = 10_000;
    static final int MOST_OF_AN_ADDRESS = 200;
    static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<Object, Entry<T>> byConnection = new LinkedHashMap<>();
    private final Map<ClientAddress, Set<Object>> byAddress = new HashMap<>();

    HalfOpen(InstantSource clock) {
        this.clock = clock;
    }

    private record Entry<T>(ClientAddress client, Instant until, T known) {}

    /**
     * Keeps the state of a connection and replaces the state kept before.
     *
     * @param address the client's address
     */
    synchronized void keep(Object connection, String address, T known) {
        forget(connection);
        Instant now = clock.instant();
        forgetWhatIsOver(now);
        ClientAddress client = ClientAddress.of(address);
        Set<Object> neighbours = byAddress.getOrDefault(client, Set.of());
        if (neighbours.size() >= MOST_OF_AN_ADDRESS) {
            forget(neighbours.iterator().next());
        } else if (byConnection.size() >= MOST) {
            forget(byConnection.keySet().iterator().next());
        }
        byConnection.put(connection, new Entry<>(client, now.plus(GOOD_FOR), known));
        byAddress.computeIfAbsent(client, any -> new LinkedHashSet<>()).add(connection);
    }

    /** Returns the state of a connection and removes it; empty if there is none or it has expired. */
    synchronized Optional<T> take(Object connection) {
        return forget(connection)
                .filter(entry -> entry.until().isAfter(clock.instant()))
                .map(Entry::known);
    }

    /** Removes the state of a closed connection. */
    synchronized void close(Object connection) {
        forget(connection);
    }

    private Optional<Entry<T>> forget(Object connection) {
        Optional<Entry<T>> entry = Optional.ofNullable(byConnection.remove(connection));
        entry.ifPresent(forgotten -> byAddress.computeIfPresent(forgotten.client(), (client, neighbours) -> {
            neighbours.remove(connection);
            return neighbours.isEmpty() ? null : neighbours;
        }));
        return entry;
    }

    private void forgetWhatIsOver(Instant now) {
        while (!byConnection.isEmpty()) {
            Map.Entry<Object, Entry<T>> oldest =
                    byConnection.entrySet().iterator().next();
            if (oldest.getValue().until().isAfter(now)) {
                return;
            }
            forget(oldest.getKey());
        }
    }

    synchronized int size() {
        return byConnection.size();
    }
}
