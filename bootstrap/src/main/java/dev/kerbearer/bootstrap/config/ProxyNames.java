package dev.kerbearer.bootstrap.config;

import dev.kerbearer.rest.edge.arrival.DeclaredProxies;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Periodically looks up the addresses of the proxies that are declared by name. */
@Singleton
final class ProxyNames {

    private final DeclaredProxies proxies;

    ProxyNames(DeclaredProxies proxies) {
        this.proxies = proxies;
    }

    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookUp() {
        proxies.lookUpNames();
    }
}
