package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.wiring.LifetimeAdvice;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.rest.json.BadImportException;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import dev.kerbearer.windowsauth.doctor.Finding.Verdict;
import java.util.List;
import java.util.Optional;

/** Examines how long access tokens live. */
record LifetimeExamination(KerbearerConfig config, Settings settings) implements Examination {

    @Override
    public List<Finding> findings() {
        try {
            return List.of(LifetimeAdvice.of(config, settings)
                    .map(advice -> new Finding(Verdict.DOUBTFUL, advice, Optional.of(LifetimeAdvice.FIX)))
                    .orElseGet(
                            () -> new Finding(Verdict.GOOD, "Access tokens live for a day at most", Optional.empty())));
        } catch (BadImportException unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            return List.of(new Finding(Verdict.WRONG, why, Optional.of("correct the file: it stops the start")));
        }
    }
}
