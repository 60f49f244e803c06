package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.version.Versioned;
import java.util.Optional;

/** Remembers the sample integration and Alice as they are stored when it is created, and counts later reads. */
final class Remembering implements ApiIntegrations, Directory {

    private final InMemoryStorage stored;
    private final Optional<Versioned<ApiIntegration>> integration;
    private final Recognition byPrincipal;
    private final Recognition byIdentity;
    private int reads;

    Remembering(InMemoryStorage stored) {
        this.stored = stored;
        integration = stored.find(CLIENT);
        byPrincipal = stored.recognise(ALICE_PRINCIPAL);
        byIdentity = stored.recognise(ALICE);
    }

    int reads() {
        return reads;
    }

    @Override
    public Optional<Versioned<ApiIntegration>> remembered(ClientId id) {
        return integration;
    }

    @Override
    public Recognition remembered(Principal principal, Optional<AuthorizationData> ticket) {
        return byPrincipal;
    }

    @Override
    public Recognition remembered(Identity identity) {
        return byIdentity;
    }

    @Override
    public Optional<Versioned<ApiIntegration>> find(ClientId id) {
        reads++;
        return stored.find(id);
    }

    @Override
    public Recognition recognise(Principal principal) {
        reads++;
        return stored.recognise(principal);
    }

    @Override
    public Recognition recognise(Identity identity) {
        reads++;
        return stored.recognise(identity);
    }

    @Override
    public void put(ApiIntegration changed, Act.ByName act) {
        stored.put(changed, act);
    }

    @Override
    public Optional<Identity> find(PrefixedName name) {
        return stored.find(name);
    }
}
