package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.wiring.LifetimeAdvice;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import dev.kerbearer.windowsauth.doctor.Finding.Verdict;
import java.util.List;
import java.util.Optional;

/** Examines the lifetime of access tokens. {@link ImportExamination} reports import files that cannot be read. */
record LifetimeExamination(ImportedEntries imported, Settings settings) implements Examination {

    @Override
    public List<Finding> findings() {
        return List.of(LifetimeAdvice.of(imported.integrations(), settings)
                .map(advice -> new Finding(Verdict.DOUBTFUL, advice, Optional.of(LifetimeAdvice.FIX)))
                .orElseGet(() -> new Finding(Verdict.GOOD, "Access tokens live for a day at most", Optional.empty())));
    }
}
