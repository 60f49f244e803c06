import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.InMemorySigningKeys;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.InMemoryTrusteeNames;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.StorageContract;
import dev.kerbearer.domain.port.TrusteeNames;
import java.util.List;

/**
 * Runs all tests of the storage contract. If you implement a port, return your own class from its method. This sample
 * returns the in-memory class of each port.
 */
class OwnStorageTest implements StorageContract {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemorySigningKeys signingKeys = new InMemorySigningKeys();
    private final InMemoryTrusteeNames trusteeNames = new InMemoryTrusteeNames();

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
    public TrusteeNames trusteeNames() {
        return trusteeNames;
    }

    @Override
    public List<AuditEvent> allAuditLines() {
        return storage.auditLines();
    }

    /** Makes each write of an audit line fail while {@code what} runs. In a database, a constraint can do this. */
    @Override
    public void whileAuditFails(Runnable what) {
        storage.whileAuditFails(what);
    }
}
