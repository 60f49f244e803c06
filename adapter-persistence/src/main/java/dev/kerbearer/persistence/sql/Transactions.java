package dev.kerbearer.persistence.sql;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.concurrent.Callable;

/** Runs transactions on the tables mapped by Hibernate; each call is one transaction. */
public final class Transactions {

    private Transactions() {}

    /**
     * Runs the work in its own transaction.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the database is unavailable
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
