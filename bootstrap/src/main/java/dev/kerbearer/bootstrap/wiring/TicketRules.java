package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.DirectoryConfig;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tickets are accepted, according to the configuration. */
public final class TicketRules {

    private TicketRules() {}

    public static TicketPolicy of(KerbearerConfig config) {
        Map<String, PacUse> pacs = config.realms().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, realm -> use(realm.getValue().provider(), config)));
        return new TicketPolicy(
                pacs,
                config.negotiate().transitedRealms().orElse(Set.of()),
                config.negotiate().delegatedTickets());
    }

    /** An unknown provider stops the start elsewhere. */
    private static PacUse use(String provider, KerbearerConfig config) {
        if (provider.equals(Provider.LOCAL.name())) {
            return PacUse.WITHOUT_MEANING;
        }
        return Optional.ofNullable(config.directories().get(provider))
                .map(DirectoryConfig::pac)
                .filter(pac -> pac == DirectoryConfig.Pac.OPTIONAL)
                .map(optional -> PacUse.OPTIONAL)
                .orElse(PacUse.REQUIRED);
    }
}
