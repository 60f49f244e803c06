package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.util.HashMap;
import java.util.Map;

/** Places for sign-ins that wait for others. One address takes half of them at most, so that what hangs counts against it. */
public final class PlacesByClient implements Places {

    private final int number;
    private final int ofOne;
    private final Map<ClientAddress, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param number 2 at least, so that no address takes all
     */
    public PlacesByClient(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("at least two sign-ins that wait for others are worked on at once");
        }
        this.number = number;
        this.ofOne = (number + 1) / 2;
    }

    @Override
    public boolean isFull(long now) {
        return all >= number;
    }

    @Override
    public boolean isFreeFor(QueuedCall<?> call, long now) {
        return all < number && taken.getOrDefault(call.client(), 0) < ofOne;
    }

    @Override
    public void take(QueuedCall<?> call) {
        all++;
        taken.merge(call.client(), 1, Integer::sum);
    }

    @Override
    public void giveBack(QueuedCall<?> call) {
        all--;
        taken.computeIfPresent(call.client(), (client, calls) -> calls == 1 ? null : calls - 1);
    }

    @Override
    public int number() {
        return number;
    }
}
