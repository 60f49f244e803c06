package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.application.admin.AccessLifetimes;
import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Advises a shorter lifetime of access tokens. The start and the doctor give the same advice. */
public final class LifetimeAdvice {

    /** The fix, as the log and the doctor show it. */
    public static final String FIX =
            "set kerbearer.settings.access-validity to 1h, or accessValidity of the integrations"
                    + " to 3600; clients with a refresh token notice nothing (docs/token-life.md)";

    private static final String KEY = "kerbearer.settings.access-validity";
    private static final int MOST_NAMES = 10;

    private LifetimeAdvice() {}

    /** Returns advice if the default, or one of these integrations, has a very long lifetime. Otherwise empty. */
    public static Optional<String> of(List<IntegrationDefinition> definitions, Settings settings) {
        Duration byDefault = settings.terms().access().duration();
        String inForce = KEY + " is " + inWords(byDefault);
        SortedMap<String, Duration> tooLong = AccessLifetimes.tooLong(definitions, settings);
        if (!tooLong.isEmpty()) {
            return Optional.of("Access tokens live longer than a day, and most security reviews refuse that: "
                    + named(tooLong) + "; " + inForce);
        }
        return definitions.isEmpty() && byDefault.compareTo(AccessLifetimes.LONGEST_ADVISED) > 0
                ? Optional.of(
                        "Access tokens may live longer than a day, and most security reviews refuse that: " + inForce)
                : Optional.empty();
    }

    private static String named(SortedMap<String, Duration> tooLong) {
        String more = tooLong.size() > MOST_NAMES ? " and " + (tooLong.size() - MOST_NAMES) + " more" : "";
        return tooLong.entrySet().stream()
                        .limit(MOST_NAMES)
                        .map(LifetimeAdvice::named)
                        .collect(Collectors.joining(", "))
                + more;
    }

    private static String named(Map.Entry<String, Duration> integration) {
        return integration.getKey() + " " + inWords(integration.getValue());
    }

    private static String inWords(Duration life) {
        return life.toSeconds() % Duration.ofDays(1).toSeconds() == 0
                ? life.toDays() + (life.toDays() == 1 ? " day" : " days")
                : life.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
