package dev.kerbearer.persistence.sql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalPoolInterceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps answers fast if the database does not respond, for example because packets are lost or its machine hangs. Each
 * use of a connection starts with the time limit it was created with ({@code socketTimeout}), even after
 * {@linkplain UnlimitedTime long work}. If a connection breaks, the idle connections are dropped. Otherwise the pool
 * would try them one after another, each up to its own time limit.
 */
public final class ConnectionLimits implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(ConnectionLimits.class);

    private final Supplier<AgroalDataSource> pool;
    private volatile int limitMillis;

    public ConnectionLimits(Supplier<AgroalDataSource> pool) {
        this.pool = pool;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            limitMillis = connection.getNetworkTimeout();
        } catch (SQLException broken) {
            LOG.debugf(broken, "The time limit of a new connection cannot be read");
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            connection.setNetworkTimeout(Runnable::run, limitMillis);
        } catch (SQLException broken) {
            // The caller gets the error when it uses the connection.
            LOG.debugf(broken, "The time limit of a connection cannot be set");
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            // The driver closes a broken connection. A connection that has only reached its maximum age is still open
            // here.
            if (connection.isClosed()) {
                pool.get().flush(FlushMode.GRACEFUL);
            }
        } catch (SQLException broken) {
            LOG.debugf(broken, "The state of a connection cannot be read");
        }
    }
}
