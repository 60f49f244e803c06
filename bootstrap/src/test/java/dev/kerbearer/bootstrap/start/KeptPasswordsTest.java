package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.port.InMemoryStorage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptPasswordsTest {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final KeptPasswords kept =
            new KeptPasswords(storage.ntlmVerifiers(), Samples.NTLM_DERIVATION, Samples.SERVER_KEYS);

    /** An import sets a password only when it creates the identity. */
    @Test
    void aPasswordFileThatWasCorrectedLaterIsReportedWithoutThePassword() {
        LocalIdentity wrong = alice("correct horse 1");
        put(wrong);
        assertThat(kept.complaints(List.of(wrong))).isEmpty();
        LocalIdentity mended = alice("correct horse 2");
        put(mended);
        assertThat(kept.complaints(List.of(mended)))
                .singleElement()
                .asString()
                .contains("The password file of local:alice has no effect")
                .doesNotContain("horse");
    }

    @Test
    void anIdentityWithoutAPasswordIsNotReported() {
        LocalIdentity alice = new LocalIdentity(
                Samples.localName("alice"), Optional.empty(), Set.of(), Set.of(), true, Optional.empty());
        put(alice);
        assertThat(kept.complaints(List.of(alice))).isEmpty();
    }

    private void put(LocalIdentity identity) {
        storage.put(identity, Act.atTheStart(Origin.ofImport("identities.json"), Samples.NOW));
    }

    private static LocalIdentity alice(String password) {
        return new LocalIdentity(
                Samples.localName("alice"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                true,
                Optional.of(Password.of(password)));
    }
}
