package dev.kerbearer.application.directory;

import static dev.kerbearer.domain.identity.Provider.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.InMemoryStorage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoriesTest {

    private final InMemoryStorage local = new InMemoryStorage();
    private final Directories directories =
            new Directories(Map.of(LOCAL, local), Map.of("A.EXAMPLE", LOCAL, "B.EXAMPLE", new Provider("AD+CORP")));

    @Test
    void aRealmHasTheDirectoryOfItsProvider() {
        assertThat(directories.ofRealm("A.EXAMPLE")).contains(local);
        assertThat(directories.of(LOCAL)).contains(local);
    }

    @Test
    void aRealmOrProviderMayHaveNoDirectory() {
        assertThat(directories.ofRealm("B.EXAMPLE")).isEmpty();
        assertThat(directories.ofRealm("C.EXAMPLE")).isEmpty();
        assertThat(directories.of(new Provider("AD+CORP"))).isEmpty();
    }

    @Test
    void aRealmIsCaseSensitive() {
        assertThat(directories.ofRealm("a.example")).isEmpty();
    }
}
