package dev.kerbearer.bootstrap.command;

import dev.kerbearer.persistence.DatabaseState;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import java.sql.SQLException;
import java.util.List;

/** Checks whether the database answers, accepts this login, meets the requirements and accepts writes. */
record DatabaseExamination(Storage storage) implements Examination {

    private static final String KEYS = "quarkus.datasource.jdbc.url, .username and .password";

    @Override
    public List<Finding> findings() {
        return List.of(storage.fault()
                .orElseGet(() -> storage.database().isPresent()
                        ? ofRunning(storage.database().get())
                        : ofStopped()));
    }

    private Finding ofStopped() {
        return Finding.good("The embedded database is not running, and its data folder " + storage.dataFolder()
                + " can be written. Its content is not checked");
    }

    private static Finding ofRunning(Storage.Reached database) {
        DatabaseState state;
        try {
            state = DatabaseState.of(database.source());
        } catch (SQLException refused) {
            return refused(database.url(), refused);
        }
        String words = "The database " + database.url() + " answers (PostgreSQL " + state.version() + ")";
        if (state.unmet().isPresent()) {
            return Finding.wrong(
                    words + ", but does not meet the requirements",
                    state.unmet().get());
        }
        if (state.readOnly()) {
            return Finding.wrong(
                    words + ", but accepts no writes",
                    "it is a standby, or default_transaction_read_only is on: set quarkus.datasource.jdbc.url to the"
                            + " primary, or add targetServerType=primary to the URL");
        }
        if (state.schema().isEmpty() && !state.mayCreate()) {
            return Finding.doubtful(
                    words + ", but has no schema yet, and this role may not create it",
                    "allow it (as the database's owner: grant create on schema public to <role>), or set"
                            + " quarkus.flyway.username and .password to a role that may (docs/operations.md)");
        }
        return Finding.good(words
                + state.schema()
                        .map(version -> ", with Kerbearer's schema of version " + version)
                        .orElse(", and the first start will create the schema"));
    }

    /** Chooses the fix by SQLSTATE (PostgreSQL's appendix A). */
    private static Finding refused(String url, SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        String what = "The database " + url + " cannot be used: " + refused.getMessage();
        return switch (state) {
            case "28P01", "28000" ->
                Finding.wrong(
                        what,
                        "check quarkus.datasource.username and quarkus.datasource.password (put a password with $ into"
                                + " a file of kerbearer.secrets-dir), and the server's pg_hba.conf");
            case "3D000" ->
                Finding.wrong(
                        what,
                        "create it: create database kerbearer owner <role> encoding 'UTF8' template template0; or set"
                                + " quarkus.datasource.jdbc.url to another");
            case "08001", "08004", "08006" ->
                Finding.wrong(
                        what,
                        "check whether PostgreSQL is running and listens there (listen_addresses), whether a firewall"
                                + " blocks the port, and whether quarkus.datasource.jdbc.url is right");
            default -> Finding.wrong(what, "check " + KEYS);
        };
    }
}
