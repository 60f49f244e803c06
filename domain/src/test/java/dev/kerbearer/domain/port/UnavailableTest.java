package dev.kerbearer.domain.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnavailableTest {

    @Test
    void itNamesWhatIsUnavailableAndKeepsTheCause() {
        IOException seen = new IOException("refused");
        Unavailable away = new Unavailable("storage", seen);
        assertThat(away.what()).isEqualTo("storage");
        assertThat(away).hasMessage("storage unavailable").hasCause(seen);
    }
}
