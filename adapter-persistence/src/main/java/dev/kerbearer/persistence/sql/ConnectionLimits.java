package dev.kerbearer.persistence.sql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalPoolInterceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps answers quick where the database is not down but dumb: a network that swallows packets, a machine that hangs.
 * Each use of a connection begins with the time limit that the connection was made with ({@code socketTimeout}), whatever
 * {@linkplain UnlimitedTime long work} did with it before. And one connection that broke makes the idle ones suspect:
 * they are dropped, because the pool would try them one after another, each to its own time limit.
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
            LOG.debugf(broken, "A new connection does not tell its time limit");
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            connection.setNetworkTimeout(Runnable::run, limitMillis);
        } catch (SQLException broken) {
            // Whoever uses it will hear of it.
            LOG.debugf(broken, "A connection does not take its time limit");
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            // The driver closes a connection that breaks; one that is only past its time is still open here.
            if (connection.isClosed()) {
                pool.get().flush(FlushMode.GRACEFUL);
            }
        } catch (SQLException broken) {
            LOG.debugf(broken, "A connection does not tell whether it is closed");
        }
    }
}
