package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.wiring.ImportDoubts;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks whether the import files can be read, and whether their entries fit the configuration and each other. */
record ImportExamination(ImportedEntries entries, KerbearerConfig config, Optional<ApiIntegrations> stored)
        implements Examination {

    private static final String FIX = "correct the file (docs/import.md)";

    @Override
    public List<Finding> findings() {
        if (entries.files() == 0) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        entries.faults().forEach(fault -> findings.add(Finding.wrong("An import file stops the start: " + fault, FIX)));
        if (findings.isEmpty()) {
            findings.add(Finding.good(ImportDoubts.counts(
                    entries.identities().size(),
                    entries.integrations().size(),
                    entries.resourceServers().size(),
                    entries.files())));
        }
        doubts().forEach(doubt -> findings.add(doubtful(doubt)));
        return findings;
    }

    private List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        entries.identities().forEach(identity -> doubts.addAll(ImportDoubts.of(identity, config.realms())));
        entries.resourceServers().forEach(server -> doubts.addAll(ImportDoubts.of(server, this::exists)));
        return doubts;
    }

    /** A warning ends with its fix, after a colon. */
    private static Finding doubtful(String doubt) {
        int fix = doubt.lastIndexOf(": ");
        return Finding.doubtful(doubt.substring(0, fix), doubt.substring(fix + 2));
    }

    /** If the database cannot be asked, it may still have an integration that is in no file. */
    private boolean exists(ClientId id) {
        if (entries.integrations().stream().anyMatch(each -> each.id().equals(id))) {
            return true;
        }
        try {
            return stored.isEmpty() || stored.get().find(id).isPresent();
        } catch (Unavailable away) {
            return true;
        }
    }
}
