package dev.kerbearer.domain.port;

/** The failed sign-ins in a map obey the contract, so that tests can rely on them. */
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
