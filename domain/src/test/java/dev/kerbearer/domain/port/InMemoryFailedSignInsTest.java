package dev.kerbearer.domain.port;

/** The failures in a map keep to the contract, so that tests may stand on them. */
class InMemoryFailedSignInsTest extends FailedSignInsContract {

    private final FailedSignIns failedSignIns = new InMemoryFailedSignIns();

    @Override
    protected FailedSignIns failedSignIns() {
        return failedSignIns;
    }
}
