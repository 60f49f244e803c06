package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.config.CheckedConfiguration;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.Ports;
import dev.kerbearer.bootstrap.wiring.ActiveDirectories;
import dev.kerbearer.bootstrap.wiring.Keytabs;
import dev.kerbearer.bootstrap.wiring.TicketRules;
import dev.kerbearer.bootstrap.wiring.UseCaseWiring;
import dev.kerbearer.bootstrap.wiring.Winbind;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import dev.kerbearer.windowsauth.doctor.SetUp;
import dev.kerbearer.windowsauth.krb5conf.Krb5ConfFile;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The command {@code doctor}: checks the set-up with the configuration that the service would use, without starting it,
 * and says what to fix.
 */
public final class Doctor {

    private Doctor() {}

    /** Prints one line per finding, followed by the fix. Returns whether nothing is wrong. */
    public static boolean findsNothingWrong() {
        SmallRyeConfig config = CheckedConfiguration.of(ConfigProvider.getConfig());
        KerbearerConfig ours = config.getConfigMapping(KerbearerConfig.class);
        Ports ports = Ports.of(config);
        URI publicUrl = ours.publicUrl().orElseGet(() -> URI.create(ports.localUrl(config)));
        Storage storage = Storage.of(config, ours.dataDir());
        ImportedEntries imported = ImportedEntries.of(ours);
        Keytabs keytabs = new Keytabs(config.getConfigMapping(KerberosConfig.class), ours);
        ActiveDirectories directories = new ActiveDirectories(ours, keytabs, InstantSource.system());
        Winbind winbind = new Winbind(ours, directories);
        try {
            List<Examination> examinations = new ArrayList<>(List.of(
                    new DatabaseExamination(storage),
                    new ImportExamination(imported, ours, storage.integrations()),
                    new IssuerExamination(publicUrl, ports.tls())));
            examinations.addAll(new SetUp(
                            keytabs.files(),
                            keytabs.service(),
                            TicketRules.of(ours),
                            Krb5ConfFile.inForce(),
                            publicUrl,
                            providers(ours),
                            storage.localDirectory()
                                    .<Function<Principal, Recognition>>map(directory -> directory::recognise)
                                    .orElse(imported::recognise),
                            directories.byName(),
                            winbind.unchecked(),
                            InstantSource.system())
                    .examinations());
            examinations.add(new LifetimeExamination(imported, new UseCaseWiring().settings(ours)));
            return print(examinations);
        } finally {
            winbind.close();
            directories.close();
        }
    }

    private static Map<String, String> providers(KerbearerConfig config) {
        return config.realms().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, realm -> realm.getValue().provider()));
    }

    private static boolean print(List<Examination> examinations) {
        int wrong = 0;
        int doubtful = 0;
        for (Examination examination : examinations) {
            for (Finding finding : examination.findings()) {
                wrong += finding.verdict() == Finding.Verdict.WRONG ? 1 : 0;
                doubtful += finding.verdict() == Finding.Verdict.DOUBTFUL ? 1 : 0;
                System.out.printf("%-8s  %s%n", finding.verdict().name().toLowerCase(Locale.ROOT), finding.what());
                finding.fix().ifPresent(fix -> System.out.printf("          fix: %s%n", fix));
            }
        }
        System.out.printf("%d wrong, %d doubtful%n", wrong, doubtful);
        return wrong == 0;
    }
}
