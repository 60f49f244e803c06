package dev.kerbearer.bootstrap.command;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.wiring.ActiveDirectories;
import dev.kerbearer.bootstrap.wiring.Keytabs;
import dev.kerbearer.bootstrap.wiring.TicketRules;
import dev.kerbearer.bootstrap.wiring.UseCaseWiring;
import dev.kerbearer.bootstrap.wiring.Winbind;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import dev.kerbearer.windowsauth.doctor.SetUp;
import dev.kerbearer.windowsauth.krb5conf.Krb5ConfFile;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The command {@code doctor}: checks the set-up with the configuration that the service would use, without starting it,
 * and says what to fix.
 */
public final class Doctor {

    private Doctor() {}

    /** Prints one line per finding, followed by the fix. Returns whether nothing is wrong. */
    public static boolean findsNothingWrong() {
        SmallRyeConfig config = configuration();
        KerbearerConfig ours = config.getConfigMapping(KerbearerConfig.class);
        Keytabs keytabs = new Keytabs(config.getConfigMapping(KerberosConfig.class), ours);
        InstantSource clock = InstantSource.system();
        ActiveDirectories directories = new ActiveDirectories(ours, keytabs, clock);
        Winbind winbind = new Winbind(ours, directories);
        try {
            SetUp setUp = new SetUp(
                    keytabs.files(),
                    keytabs.service(),
                    TicketRules.of(ours),
                    Krb5ConfFile.inForce(),
                    publicUrl(config, ours),
                    providers(ours),
                    directories.byName(),
                    winbind.unchecked(),
                    clock);
            List<Examination> all = new ArrayList<>(setUp.examinations());
            all.add(new LifetimeExamination(ours, new UseCaseWiring().settings(ours)));
            return print(all);
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

    /** Builds the configuration that the application would use. Before the start, the current one has no mappings. */
    private static SmallRyeConfig configuration() {
        return new SmallRyeConfigBuilder()
                .withSources(sources())
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withMapping(KerberosConfig.class)
                .withMappingIgnore("quarkus.**")
                .build();
    }

    private static Collection<ConfigSource> sources() {
        List<ConfigSource> sources = new ArrayList<>();
        ConfigProvider.getConfig().getConfigSources().forEach(sources::add);
        return sources;
    }

    private static URI publicUrl(SmallRyeConfig config, KerbearerConfig ours) {
        return ours.publicUrl()
                .orElseGet(() -> URI.create("http://localhost:"
                        + config.getOptionalValue("quarkus.http.port", String.class)
                                .orElse("8080")));
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
