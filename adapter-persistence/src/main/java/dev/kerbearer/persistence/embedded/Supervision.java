package dev.kerbearer.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the embedded PostgreSQL running until shutdown. PostgreSQL ends early if somebody kills it, or if a full disk
 * prevents it from writing its journal or recovering. It is then started again until it keeps running.
 */
final class Supervision implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Supervision.class);

    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long LITTLE_ROOM_MIB = 64;

    private final PostgresControl postgres;
    private final StartedServer server;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "embedded-postgresql");
    private boolean away;

    private Supervision(PostgresControl postgres, StartedServer server) {
        this.postgres = postgres;
        this.server = server;
        thread.setDaemon(true);
    }

    /** Starts the supervision of a running server. */
    static Supervision of(PostgresControl postgres, StartedServer server) {
        Supervision supervision = new Supervision(postgres, server);
        supervision.thread.start();
        return supervision;
    }

    private void watch() {
        try {
            while (!ending.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            if (server.runs()) {
                return;
            }
            if (OrphanedPostgres.running(postgres.data()).isPresent()) {
                // An earlier start exceeded its time limit but succeeded later.
                runsAgain();
            } else {
                startAgain();
            }
        } catch (IOException | RuntimeException fault) {
            tell("The embedded PostgreSQL cannot be restarted: " + fault.getMessage());
        }
    }

    private void startAgain() throws IOException, InterruptedException {
        tell("The embedded PostgreSQL has ended unexpectedly; Kerbearer restarts it until it stays up");
        OrphanedPostgres.stop(postgres.data());
        if (postgres.start()) {
            runsAgain();
        }
        if (ending.getCount() == 0) {
            postgres.stop();
        }
    }

    private void runsAgain() throws IOException {
        server.renew();
        away = false;
        LOG.info("The embedded PostgreSQL is running again");
    }

    /** Logs once per outage, not at each attempt. */
    private void tell(String what) {
        if (!away) {
            away = true;
            LOG.errorf("%s. See %s%s", what, postgres.log(), room());
        }
    }

    private String room() {
        Path folder = postgres.data();
        try {
            long mebibytes = Files.getFileStore(folder).getUsableSpace() >> 20;
            return mebibytes < LITTLE_ROOM_MIB
                    ? "; the disk is full or almost full, free some space: " + mebibytes + " MiB are left for " + folder
                    : "";
        } catch (IOException unknown) {
            return "";
        }
    }

    /** Allows the server to end from now on. */
    void end() {
        ending.countDown();
    }

    /** Waits for a running start attempt and undoes it. Call it after {@link #end()} and a first stop. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
