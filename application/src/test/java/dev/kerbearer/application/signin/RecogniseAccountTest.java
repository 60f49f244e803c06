package dev.kerbearer.application.signin;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.caller;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Account.Block;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.version.Version;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecogniseAccountTest {

    private static final PrefixedName ALICES_NAME = PrefixedName.parse("AD+CORP:alice");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RecogniseAccount useCase = new RecogniseAccount(
            new Directories(Map.of(ALICES_NAME.provider(), new OnlyAlice(), Provider.LOCAL, new OnlyAlice()), Map.of()),
            new RefusedSignIns(storage, InstantSource.fixed(NOW)));

    /** Knows alice only, by name and by identity. */
    private static class OnlyAlice implements Directory {

        @Override
        public Recognition recognise(Principal principal) {
            throw new AssertionError("nobody is looked up by principal here");
        }

        @Override
        public Recognition recognise(Identity identity) {
            return identity.equals(ALICE) ? new Recognition.Recognised(caller(ALICE)) : new Recognition.Unknown();
        }

        @Override
        public Optional<Identity> find(PrefixedName name) {
            return Optional.of(ALICE).filter(known -> name.equals(ALICES_NAME));
        }
    }

    @Test
    void anAccountIsRecognisedAsItsIdentity() {
        assertThat(useCase.recognise(new Account.Kept(ALICE), signIn("a"), ORIGIN, Optional.empty())
                        .caller())
                .isEqualTo(caller(ALICE));
        assertThat(useCase.recognise(new Account.Named(ALICES_NAME), signIn("b"), ORIGIN, Optional.empty())
                        .caller())
                .isEqualTo(caller(ALICE));
        assertThat(storage.auditLines()).isEmpty();
    }

    @Test
    void aRememberedUserIsTheCallerUntilTheyAreLookedUpAgain() {
        OnlyAlice disabled = new OnlyAlice() {
            @Override
            public Recognition recognise(Identity identity) {
                return new Recognition.Disabled(identity);
            }

            @Override
            public Recognition remembered(Identity identity) {
                return new Recognition.Recognised(
                        new Caller(ALICE, ALICES_NAME, Set.of(), Optional.of(new Version(1))));
            }
        };
        SignIn signIn = new RecogniseAccount(
                        new Directories(Map.of(Provider.LOCAL, disabled), Map.of()),
                        new RefusedSignIns(storage, InstantSource.fixed(NOW)))
                .recognise(new Account.Kept(ALICE), signIn("a"), ORIGIN, Optional.empty());
        assertThat(signIn.caller().identity()).isEqualTo(ALICE);
        assertThatThrownBy(signIn::callerNow).isInstanceOf(RefusedException.class);
    }

    @Test
    void anUnknownAccountIsUnhandledAndUsesTheSignInUp() {
        String unhandled = "Unhandled identity claim type";
        refuses(new Account.Foreign("WORKGROUP\\alice"), "a", unhandled);
        refuses(new Account.Named(PrefixedName.parse("AD+CORP:bob")), "b", unhandled);
        refuses(new Account.Named(PrefixedName.parse("AD+OTHER:alice")), "c", unhandled);
        refuses(new Account.Kept(new Identity(Provider.LOCAL, new UUID(0, 9))), "d", unhandled);
        refuses(new Account.Kept(new Identity(new Provider("AD+OTHER"), ALICE.guid())), "e", unhandled);
        refuses(new Account.Foreign("WORKGROUP\\alice"), "a", "Authentication failed: the ticket was replayed");
        assertThat(storage.auditLines()).hasSize(5).first().satisfies(line -> {
            assertThat(line.actor()).isEqualTo("WORKGROUP\\alice");
            assertThat(line.outcome()).contains("no directory is configured for the domain of");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED,the identity is disabled",
        "EXPIRED,the identity has expired",
        "MUST_CHANGE_PASSWORD,the password must be changed first"
    })
    void theRefusalOfABlockedAccountHasTheReasonAndIsAudited(Block block, String why) {
        refuses(new Account.Blocked("CORP\\bob", block), "a", "Failed to issue grant: " + why);
        assertThat(storage.auditLines())
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("CORP\\bob"));
    }

    private void refuses(Account account, String signIn, String why) {
        assertThatThrownBy(() -> useCase.recognise(account, signIn(signIn), ORIGIN, Optional.empty()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("access_denied");
                    assertThat(refused.refusal().description()).isEqualTo(why);
                    assertThat(refused.parties()).isEqualTo(Parties.user(account.toString()));
                });
    }
}
