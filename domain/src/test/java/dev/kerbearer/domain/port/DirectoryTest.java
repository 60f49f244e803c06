package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.localName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Sid;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    @Test
    void aDirectoryThatIgnoresTicketDataFindsTheUserByPrincipal() {
        InMemoryStorage directory = new InMemoryStorage();
        directory.put(
                new LocalIdentity(
                        localName("alice"), Optional.of(ALICE.guid()), Set.of(ALICE_PRINCIPAL), Set.of(), true),
                NOW);
        AuthorizationData ticket = new AuthorizationData(new Sid("S-1-5-21-1-2-3-1104"), Set.of());
        assertThat(directory.recognise(ALICE_PRINCIPAL, ticket))
                .isEqualTo(directory.recognise(ALICE_PRINCIPAL))
                .isInstanceOf(Directory.Recognition.Recognised.class);
    }
}
