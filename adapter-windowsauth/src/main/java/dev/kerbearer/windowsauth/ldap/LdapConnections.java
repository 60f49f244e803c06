package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.outage.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Connections to one directory, made on demand. No search takes longer than the timeout, even if a domain controller,
 * the network or the KDC hangs.
 */
final class LdapConnections implements AutoCloseable {

    private static final int AT_ONCE = 8;
    private static final int WAITING = 1000;

    private final LDAPConnectionPool pool;
    private final Duration timeout;
    private final Outage outage;
    private final ThreadPoolExecutor workers;

    LdapConnections(DirectorySettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.timeout = settings.timeout();
        this.outage = new Outage(nanoTime);
        this.workers = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                threads(settings.provider().name()));
        workers.allowCoreThreadTimeOut(true);
        this.pool = LdapPool.of(settings, clock, AT_ONCE);
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "directory-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Returns the entries that the search finds; empty if the search is for a single entry that does not exist.
     *
     * @throws Unavailable if the directory does not answer in time, or returns an error
     */
    List<SearchResultEntry> search(SearchRequest request) {
        return search(request, timeout);
    }

    /** Searches for entries with these attributes. */
    List<SearchResultEntry> search(String base, SearchScope scope, Filter filter, String... attributes) {
        return search(new SearchRequest(base, scope, filter, attributes));
    }

    /** Searches with a separate timeout. */
    List<SearchResultEntry> search(SearchRequest request, Duration within) {
        boolean trying = outage.admit();
        try {
            return answered(request, within);
        } finally {
            // Not in the worker: a task that waits in the queue too long never starts.
            if (trying) {
                outage.ended();
            }
        }
    }

    private List<SearchResultEntry> answered(SearchRequest request, Duration within) {
        AtomicBoolean begun = new AtomicBoolean();
        Future<List<SearchResultEntry>> answer = submitted(request, begun);
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            // A search that never left the queue says nothing about the directory.
            if (begun.get()) {
                outage.failed(late);
            }
            throw new Unavailable("directory", new IllegalStateException("no answer within " + within, late));
        } catch (ExecutionException failure) {
            throw new Unavailable("directory", failure.getCause() == null ? failure : failure.getCause());
        } catch (CancellationException closed) {
            throw new Unavailable("directory", closed);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unavailable("directory", stopped);
        }
    }

    private Future<List<SearchResultEntry>> submitted(SearchRequest request, AtomicBoolean begun) {
        try {
            return workers.submit(() -> {
                begun.set(true);
                return found(request);
            });
        } catch (RejectedExecutionException tooMany) {
            throw new Unavailable("directory", tooMany);
        }
    }

    private List<SearchResultEntry> found(SearchRequest request) throws LDAPException {
        try {
            List<SearchResultEntry> entries = pool.search(request).getSearchEntries();
            outage.over();
            return Optional.ofNullable(entries).orElseGet(List::of);
        } catch (LDAPSearchException refused) {
            if (refused.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                outage.over();
                return nothingThere(request);
            }
            throw noted(refused);
        }
    }

    /**
     * Handles a missing entry. If the base of a subtree search is missing, all users would seem deleted and lose their
     * grants, so this throws.
     */
    private static List<SearchResultEntry> nothingThere(SearchRequest request) {
        if (request.getScope().equals(SearchScope.SUB)) {
            throw new Unavailable("directory", new IllegalStateException("there is no " + request.getBaseDN()));
        }
        return List.of();
    }

    /** Records an outage, unless the directory answered: an error code from the directory shows that it is up. */
    private LDAPException noted(LDAPException failure) {
        if (!failure.getResultCode().isConnectionUsable()
                || failure.getResultCode().isClientSideResultCode()) {
            outage.failed(failure);
        }
        return failure;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        pool.close();
    }
}
