package dev.kerbearer.bootstrap;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens once at the start, after the schema is up to date and before the first request. */
@Singleton
final class StartUp {

    void start(@Observes StartupEvent event, Imports imports, StartReport report) {
        imports.apply();
        report.print();
    }
}
