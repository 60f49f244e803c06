package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.windowsauth.ntlm.OnlyAlice;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A sign-in with NTLM that only {@link OnlyAlice} can complete. */
final class AliceSignsIn {

    static final Identity ALICE = new Identity(Provider.LOCAL, new UUID(1, 2));

    private AliceSignsIn() {}

    static NtlmSignIn with(HalfOpen<NtlmSignIn.Half> halfOpen) {
        InMemoryStorage storage = new InMemoryStorage();
        storage.put(
                new LocalIdentity(Samples.localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                Instant.EPOCH);
        return new NtlmSignIn(OnlyAlice.withTheSameChallenge(), halfOpen, recognising(storage));
    }

    /** Returns the last token, which only SPNEGO has. */
    static Optional<byte[]> reply(Scheme scheme, SignInStep.Established established) {
        return established.signIn().reply().map(value -> {
            assertThat(Scheme.of(value)).contains(scheme);
            return Base64.getDecoder().decode(scheme.tokenIn(value));
        });
    }

    /** Knows the local identities of that storage. */
    static RecogniseAccount recognising(InMemoryStorage storage) {
        return new RecogniseAccount(
                new Directories(Map.of(Provider.LOCAL, storage), Map.of()),
                new RefusedSignIns(storage, () -> Instant.EPOCH));
    }
}
