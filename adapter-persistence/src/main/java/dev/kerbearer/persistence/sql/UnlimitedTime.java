package dev.kerbearer.persistence.sql;

import jakarta.persistence.EntityManager;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.hibernate.Session;

/**
 * Removes the time limit for work that may take longer than a request: migrations, and changes of very many rows. The
 * next user of the connection gets {@linkplain ConnectionLimits the usual limit} again.
 */
public final class UnlimitedTime {

    private UnlimitedTime() {}

    /** Removes the time limit for the rest of this transaction. */
    public static void forRestOf(EntityManager transaction) {
        transaction.unwrap(Session.class).doWork(UnlimitedTime::granted);
    }

    /** Returns the same database without a time limit. */
    public static DataSource on(DataSource database) {
        return new WithoutTimeLimit(database);
    }

    private static Connection granted(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }

    private record WithoutTimeLimit(DataSource database) implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return granted(database.getConnection());
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return granted(database.getConnection(username, password));
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return database.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter writer) throws SQLException {
            database.setLogWriter(writer);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            database.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return database.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("dev.kerbearer");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return database.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return database.isWrapperFor(type);
        }
    }
}
