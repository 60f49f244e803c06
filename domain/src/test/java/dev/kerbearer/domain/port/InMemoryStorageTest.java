package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import java.util.List;

class InMemoryStorageTest extends StorageContract {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SigningKeys signingKeys = new InMemorySigningKeys();
    private final TrusteeNames trusteeNames = new InMemoryTrusteeNames();

    @Override
    protected Grants grants() {
        return storage;
    }

    @Override
    protected AuditLog auditLog() {
        return storage;
    }

    @Override
    protected ApiIntegrations integrations() {
        return storage;
    }

    @Override
    protected LocalIdentities identities() {
        return storage;
    }

    @Override
    protected NtlmVerifiers ntlmVerifiers() {
        return storage.ntlmVerifiers();
    }

    @Override
    protected Directory directory() {
        return storage;
    }

    @Override
    protected SignInRecords signInRecords() {
        return storage;
    }

    @Override
    protected ResourceServers resourceServers() {
        return storage;
    }

    @Override
    protected GrantRecords grantRecords() {
        return storage;
    }

    @Override
    protected RotationLinks rotationLinks() {
        return atMost -> storage.forgetLinks();
    }

    @Override
    protected SigningKeys signingKeys() {
        return signingKeys;
    }

    @Override
    protected List<AuditEvent> auditLines() {
        return storage.auditLines();
    }

    @Override
    protected TrusteeNames trusteeNames() {
        return trusteeNames;
    }
}
