package dev.kerbearer.persistence.sql;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.concurrent.Callable;

/** Transactions of the mapped tables; each call is one. */
public final class Transactions {

    private Transactions() {}

    /**
     * Does the work in a transaction of its own.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where the database is away
     */
    public static <T> T call(Callable<T> work) {
        return StorageFaults.translated(() -> QuarkusTransaction.requiringNew().call(work));
    }

    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }
}
