package dev.kerbearer.domain.port;

/** The failures in a map keep to the contract, so that tests may stand on them. */
class InMemoryFailedSignInsTest extends FailedSignInsContract {

    private final InMemoryStorage storage = new InMemoryStorage();

    @Override
    protected FailedSignIns failedSignIns() {
        return storage.failedSignIns();
    }

    @Override
    protected Expiring expiring() {
        return storage;
    }
}
