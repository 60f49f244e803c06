package dev.kerbearer.rest.edge.queue;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for NTLM and password sign-ins. One client address takes at most half of them, rounded up, so that hanging
 * sign-ins count against their own address.
 */
public final class PlacesByClient implements Places {

    private final int number;
    private final int ofOne;
    private final Map<ClientAddress, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param number at least 2, so that one address cannot take all
     */
    public PlacesByClient(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("the number of places must be 2 or more");
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
