package dev.kerbearer.bootstrap;

import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import dev.kerbearer.windowsauth.doctor.SetUp;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * {@code doctor}: examines the set-up with the configuration that the service would have, without starting it, and says
 * what to mend.
 */
final class Doctor {

    static final String COMMAND = "doctor";

    private static final Pattern REALM = Pattern.compile("kerbearer\\.realms\\.\"?([^\"]+?)\"?(?:\\.provider)?");

    private final SetUp setUp;

    private Doctor(SetUp setUp) {
        this.setUp = setUp;
    }

    /** For the service that this configuration would start. */
    static Doctor of(Config config) {
        List<Path> keytabs = Stream.concat(
                        config.getOptionalValue("quarkus.kerberos.keytab-path", Path.class).stream(),
                        config.getOptionalValues("kerbearer.negotiate.keytabs", Path.class).stream()
                                .flatMap(List::stream))
                .toList();
        Path krb5Conf = Optional.ofNullable(System.getProperty("java.security.krb5.conf"))
                .map(Path::of)
                .orElse(Path.of("/etc/krb5.conf"));
        URI publicUrl = config.getOptionalValue("kerbearer.public-url", URI.class)
                .orElseGet(() -> URI.create("http://localhost:"
                        + config.getOptionalValue("quarkus.http.port", String.class)
                                .orElse("8080")));
        return new Doctor(new SetUp(keytabs, krb5Conf, publicUrl, mappedRealms(config), InstantSource.system()));
    }

    private static Set<String> mappedRealms(Config config) {
        Set<String> realms = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            Matcher realm = REALM.matcher(name);
            if (realm.matches()) {
                realms.add(realm.group(1));
            }
        }
        return realms;
    }

    /** Prints a line for each finding, with what to do under it, and answers whether nobody needs to do anything at once. */
    boolean findsNothingWrong() {
        int wrong = 0;
        int doubtful = 0;
        for (Examination examination : setUp.examinations()) {
            for (Finding finding : examination.findings()) {
                wrong += finding.verdict() == Finding.Verdict.WRONG ? 1 : 0;
                doubtful += finding.verdict() == Finding.Verdict.DOUBTFUL ? 1 : 0;
                System.out.printf("%-8s  %s%n", finding.verdict().name().toLowerCase(Locale.ROOT), finding.what());
                finding.mend().ifPresent(mend -> System.out.printf("          mend: %s%n", mend));
            }
        }
        System.out.printf("%d wrong, %d doubtful%n", wrong, doubtful);
        return wrong == 0;
    }
}
