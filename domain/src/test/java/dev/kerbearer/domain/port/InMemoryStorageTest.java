package dev.kerbearer.domain.port;

import dev.kerbearer.domain.audit.AuditEvent;
import java.util.List;

class InMemoryStorageTest implements StorageContract {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SigningKeys signingKeys = new InMemorySigningKeys();
    private final TrusteeNames trusteeNames = new InMemoryTrusteeNames();

    @Override
    public Grants grants() {
        return storage;
    }

    @Override
    public AuditLog auditLog() {
        return storage;
    }

    @Override
    public ApiIntegrations integrations() {
        return storage;
    }

    @Override
    public LocalIdentities identities() {
        return storage;
    }

    @Override
    public NtlmVerifiers ntlmVerifiers() {
        return storage.ntlmVerifiers();
    }

    @Override
    public Directory directory() {
        return storage;
    }

    @Override
    public Expiring expiring() {
        return storage;
    }

    @Override
    public ResourceServers resourceServers() {
        return storage;
    }

    @Override
    public SigningKeys signingKeys() {
        return signingKeys;
    }

    @Override
    public List<AuditEvent> allAuditLines() {
        return storage.auditLines();
    }

    @Override
    public void whileAuditFails(Runnable what) {
        storage.whileAuditFails(what);
    }

    @Override
    public TrusteeNames trusteeNames() {
        return trusteeNames;
    }
}
