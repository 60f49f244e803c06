package dev.kerbearer.rest;

import static java.util.stream.Collectors.toSet;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A local identity as JSON; only {@code name} is required. */
record LocalIdentityJson(
        @Nullable String name,
        @Nullable String guid,
        @Nullable List<String> principals,
        @Nullable List<String> groups,
        @Nullable Boolean enabled) {

    LocalIdentity toDomain() {
        return new LocalIdentity(
                localName(IntegrationJson.required("name", name)),
                Optional.ofNullable(guid).map(LocalIdentityJson::uuid),
                setOf(principals, Principal::parse),
                setOf(groups, LocalIdentityJson::localName),
                Objects.requireNonNullElse(enabled, true));
    }

    private static PrefixedName localName(String name) {
        return new PrefixedName(Provider.LOCAL, name);
    }

    private static UUID uuid(String written) {
        return Identity.parse(Provider.LOCAL + ":{" + written + "}")
                .orElseThrow(() -> new IllegalArgumentException("the guid " + written + " is none"))
                .guid();
    }

    private static <T> Set<T> setOf(@Nullable List<String> written, Function<String, T> conversion) {
        return written == null ? Set.of() : written.stream().map(conversion).collect(toSet());
    }
}
