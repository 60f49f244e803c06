package dev.kerbearer.rest.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bytes of an unfinished request are released, whichever thread ends it and when. */
class UnfinishedTest {

    private final UnfinishedRequests all = new UnfinishedRequests(Duration.ofMinutes(1), 1000);

    /** One thread may end a connection while its event loop is about to count new bytes. */
    @Test
    void bytesAddedAfterTheEndAreReleasedByTheNextEnd() {
        Unfinished one = added();
        one.begin(all.now());
        one.end();
        one.grow(10);
        one.end();
        assertThat(all.held()).isZero();
    }

    @Test
    void bytesAddedBeforeTheBeginningAreReleased() {
        Unfinished one = added();
        one.grow(10);
        all.remove(one);
        assertThat(all.held()).isZero();
    }

    private Unfinished added() {
        Unfinished one = new Unfinished(all) {
            @Override
            protected void drop(boolean toMakeRoom) {}
        };
        all.add(one);
        return one;
    }
}
