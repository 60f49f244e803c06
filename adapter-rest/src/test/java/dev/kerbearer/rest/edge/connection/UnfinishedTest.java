package dev.kerbearer.rest.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bytes of what is unfinished, whoever ends it and when. */
class UnfinishedTest {

    private final UnfinishedRequests all = new UnfinishedRequests(Duration.ofMinutes(1), 1000);

    /** A connection is ended by one thread while its event loop is about to note what has come. */
    @Test
    void whatGrowsAfterItsEndIsReleasedByTheNextEnd() {
        Unfinished one = added();
        one.begin(all.now());
        one.end();
        one.grow(10);
        one.end();
        assertThat(all.held()).isZero();
    }

    @Test
    void whatGrowsBeforeItBeginsIsReleased() {
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
