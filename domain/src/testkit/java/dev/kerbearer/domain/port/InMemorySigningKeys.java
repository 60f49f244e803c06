package dev.kerbearer.domain.port;

import static java.util.Comparator.comparing;

import dev.kerbearer.domain.key.SealedSigningKey;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps signing keys in a list, for use-case tests. */
public final class InMemorySigningKeys implements SigningKeys {

    private List<SealedSigningKey> keys = List.of();

    @Override
    public synchronized List<SealedSigningKey> all() {
        return keys;
    }

    @Override
    public synchronized List<SealedSigningKey> change(UnaryOperator<List<SealedSigningKey>> change) {
        keys = change.apply(keys).stream()
                .sorted(comparing(SealedSigningKey::activeFrom))
                .toList();
        return keys;
    }
}
