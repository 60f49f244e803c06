package dev.kerbearer.windowsauth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.kerbearer.domain.port.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapConnectionsTest {

    private static final int WORKERS = 8;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofMillis(200);

    private final AtomicLong nanoTime = new AtomicLong();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private InMemoryDomain domain;
    private LdapConnections connections;

    @BeforeEach
    void aDirectory(@TempDir Path folder) throws Exception {
        domain = new InMemoryDomain(folder);
        connections =
                new LdapConnections(domain.settings(LONG, LONG), InstantSource.fixed(Instant.EPOCH), nanoTime::get);
    }

    @AfterEach
    void theEnd() {
        domain.release();
        connections.close();
        domain.close();
        callers.shutdownNow();
    }

    @Test
    void aCallerWithoutAFreeWorkerLeavesTheRetryToTheNextCaller() throws Exception {
        finish(occupyAllWorkers(LONG));
        for (Future<?> tooLate : occupyAllWorkers(Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> tooLate.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(Unavailable.class);
        }
        later();
        int begun = domain.searches();
        assertUnavailable(BRIEF);
        assertThat(domain.searches()).as("the caller got no worker").isEqualTo(begun);
        domain.release();
        waitForAnAnswer();
        finish(occupyAllWorkers(LONG));

        domain.goAway();
        assertUnavailable(LONG);
        domain.comeBack();
        later();
        assertThat(search(LONG)).hasSize(1);
    }

    @Test
    void aCallerWithoutAFreeWorkerDoesNotMarkTheDirectoryUnavailable() throws Exception {
        List<Future<?>> occupying = occupyAllWorkers(LONG);
        assertUnavailable(BRIEF);
        Future<?> next = callers.submit(() -> search(LONG));
        finish(occupying);
        next.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Occupies all workers until the domain is released. */
    private List<Future<?>> occupyAllWorkers(Duration within) throws InterruptedException {
        domain.hold();
        int before = domain.searches();
        List<Future<?>> occupying = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            occupying.add(callers.submit(() -> search(within)));
        }
        for (int waits = 0; domain.searches() < before + WORKERS; waits++) {
            assertThat(waits).as("polls for %d searches", WORKERS).isLessThan(3000);
            Thread.sleep(10);
        }
        return occupying;
    }

    private void waitForAnAnswer() throws InterruptedException {
        for (int waits = 0; waits < 3000; waits++) {
            try {
                search(LONG);
                return;
            } catch (Unavailable notYet) {
                Thread.sleep(10);
            }
        }
        throw new AssertionError("no answer");
    }

    private void finish(List<Future<?>> occupying) throws Exception {
        domain.release();
        for (Future<?> one : occupying) {
            one.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private List<SearchResultEntry> search(Duration within) {
        return connections.search(
                new SearchRequest(InMemoryDomain.USERS, SearchScope.BASE, Filter.createPresenceFilter("objectClass")),
                within);
    }

    private void assertUnavailable(Duration within) {
        assertThatThrownBy(() -> search(within)).isInstanceOf(Unavailable.class);
    }

    private void later() {
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    }
}
