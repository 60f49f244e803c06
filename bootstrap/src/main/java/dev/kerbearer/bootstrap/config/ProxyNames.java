package dev.kerbearer.bootstrap.config;

import dev.kerbearer.rest.edge.arrival.DeclaredProxies;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Looks up again from time to time what addresses declared proxies have that are declared by name. */
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
