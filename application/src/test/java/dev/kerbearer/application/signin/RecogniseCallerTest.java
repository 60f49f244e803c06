package dev.kerbearer.application.signin;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.caller;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecogniseCallerTest {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RecogniseCaller useCase = asking(storage);
    private final RefuseTicket refuse = new RefuseTicket(new RefusedSignIns(storage, InstantSource.fixed(NOW)));

    @BeforeEach
    void aliceIsKnown() {
        put(true);
    }

    @Test
    void aPrincipalIsRecognisedAsItsIdentity() {
        assertThat(useCase.recognise(ALICE_PRINCIPAL, Optional.empty(), signIn("a"), ORIGIN, Optional.empty())
                        .caller()
                        .identity())
                .isEqualTo(ALICE);
        assertThat(storage.auditLines()).isEmpty();
    }

    @Test
    void aCallerIsLookedUpAgainByThePrincipal() {
        SignIn signIn = useCase.recognise(ALICE_PRINCIPAL, Optional.empty(), signIn("a"), ORIGIN, Optional.empty());
        put(false);
        assertThat(signIn.caller().identity()).isEqualTo(ALICE);
        assertThatThrownBy(signIn::callerNow)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().description())
                                .isEqualTo("Failed to issue grant: the identity is disabled"));
    }

    @Test
    void anUnknownPrincipalIsUnhandledAndUsesTheSignInUp() {
        Principal service = Principal.parse("HTTP/localhost@PRACTICE.EXAMPLE");
        refuses(service, "a", "Unhandled identity claim type");
        refuses(service, "a", "Authentication failed: the ticket was replayed");
        assertThat(storage.auditLines()).singleElement().satisfies(line -> {
            assertThat(line.actor()).isEqualTo(service.toString());
            assertThat(line.outcome()).contains("no identity has the principal");
        });
    }

    @Test
    void aRefusedTicketIsAuditedAndUsedUp() {
        Refusal refusal = Refusal.signInFailed("the ticket's PAC is not good", new Detail("of alice"));
        assertThat(refuse.refuse(ALICE_PRINCIPAL, signIn("a"), ORIGIN, refusal).refusal())
                .isEqualTo(refusal);
        assertThat(refuse.refuse(ALICE_PRINCIPAL, signIn("a"), ORIGIN, refusal)
                        .refusal()
                        .description())
                .isEqualTo("Authentication failed: the ticket was replayed");
        assertThat(storage.auditLines()).singleElement().satisfies(line -> {
            assertThat(line.action()).isEqualTo(AuditEvent.Action.SIGN_IN_REFUSED);
            assertThat(line.actor()).isEqualTo(ALICE_PRINCIPAL.toString());
            assertThat(line.outcome()).contains("the ticket's PAC is not good", "of alice");
        });
    }

    @Test
    void aRealmWithNoProviderIsUnhandled() {
        refuses(Principal.parse("alice@OTHER.EXAMPLE"), "a", "Unhandled identity claim type");
    }

    @Test
    void aDisabledIdentityGetsNoGrant() {
        put(false);
        refuses(ALICE_PRINCIPAL, "a", "Failed to issue grant: the identity is disabled");
        refuses(ALICE_PRINCIPAL, "a", "Authentication failed: the ticket was replayed");
    }

    @Test
    void anUnavailableDirectoryHasItsOwnRefusalAndTheSignInStaysUsable() {
        RecogniseCaller recognise = asking(failing(new Unavailable("directory", new IOException("no route"))));
        assertThatThrownBy(() ->
                        recognise.recognise(ALICE_PRINCIPAL, Optional.empty(), signIn("a"), ORIGIN, Optional.empty()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("server_error");
                    assertThat(refused.parties()).isEqualTo(Parties.user(ALICE_PRINCIPAL.toString()));
                    assertThat(refused.refusal().description())
                            .isEqualTo("Failed to issue grant: directory unavailable");
                    assertThat(refused.refusal().detail())
                            .hasValueSatisfying(
                                    detail -> assertThat(detail.text()).contains("no route"));
                });
        assertThat(storage.auditLines()).isEmpty();
    }

    @Test
    void aFaultUsesTheSignInUpAndIsNotHidden() {
        RecogniseCaller recognise = asking(failing(new IllegalStateException("a bug")));
        assertThatThrownBy(() ->
                        recognise.recognise(ALICE_PRINCIPAL, Optional.empty(), signIn("a"), ORIGIN, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        assertThat(storage.auditLines()).singleElement().satisfies(line -> {
            assertThat(line.actor()).isEqualTo(ALICE_PRINCIPAL.toString());
            assertThat(line.outcome()).startsWith("invalid_request: An internal error occurred");
        });
        refuses(Principal.parse("alice@OTHER.EXAMPLE"), "a", "Authentication failed: the ticket was replayed");
    }

    private RecogniseCaller asking(Directory directory) {
        return new RecogniseCaller(
                new Directories(Map.of(Provider.LOCAL, directory), Map.of("PRACTICE.EXAMPLE", Provider.LOCAL)),
                new RefusedSignIns(storage, InstantSource.fixed(NOW)));
    }

    private static Directory failing(RuntimeException failure) {
        return new Directory() {
            @Override
            public Recognition recognise(Principal principal) {
                throw failure;
            }

            @Override
            public Recognition recognise(Identity identity) {
                throw new AssertionError("nobody is looked up by identity here");
            }

            @Override
            public Optional<Identity> find(PrefixedName name) {
                throw new AssertionError("nobody is looked up by name here");
            }
        };
    }

    @Test
    void aUserWhoHasExpiredOrMustChangeThePasswordGetsNoGrant() {
        refuses(new Recognition.Expired(ALICE), "Failed to issue grant: the identity has expired");
        refuses(new Recognition.MustChangePassword(ALICE), "Failed to issue grant: the password must be changed first");
    }

    /** Otherwise one user could be taken for another user with the same principal. */
    @Test
    void aUserWhomTheDirectoryDoesNotFindByTheTicketDataIsUnknown() {
        AuthorizationData ticket = new AuthorizationData(new Sid("S-1-5-21-1-2-3-1104"), Set.of());
        Directory directory = new Answering(new Recognition.Recognised(caller(ALICE))) {
            @Override
            public Recognition recognise(Principal principal, AuthorizationData data) {
                return new Recognition.Unknown();
            }
        };
        assertThatThrownBy(() -> asking(directory)
                        .recognise(ALICE_PRINCIPAL, Optional.of(ticket), signIn("a"), ORIGIN, Optional.empty()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused ->
                                assertThat(refused.refusal().description()).isEqualTo("Unhandled identity claim type"));
    }

    @Test
    void theDataOfATicketGoesToTheDirectoryOfItsRealm() {
        AuthorizationData ticket = new AuthorizationData(new Sid("S-1-5-21-1-2-3-1104"), Set.of());
        List<AuthorizationData> told = new ArrayList<>();
        Directory directory = new Answering(new Recognition.Recognised(caller(ALICE))) {
            @Override
            public Recognition recognise(Principal principal, AuthorizationData data) {
                told.add(data);
                return super.recognise(principal);
            }
        };
        assertThat(asking(directory)
                        .recognise(ALICE_PRINCIPAL, Optional.of(ticket), signIn("a"), ORIGIN, Optional.empty())
                        .caller()
                        .identity())
                .isEqualTo(ALICE);
        assertThat(told).containsExactly(ticket);
        assertThat(asking(storage)
                        .recognise(ALICE_PRINCIPAL, Optional.of(ticket), signIn("b"), ORIGIN, Optional.empty())
                        .caller()
                        .identity())
                .as("a directory that ignores the data")
                .isEqualTo(ALICE);
    }

    private static class Answering implements Directory {

        private final Recognition answer;

        Answering(Recognition answer) {
            this.answer = answer;
        }

        @Override
        public Recognition recognise(Principal principal) {
            return answer;
        }

        @Override
        public Recognition recognise(Identity identity) {
            throw new AssertionError("nobody is looked up by identity here");
        }

        @Override
        public Optional<Identity> find(PrefixedName name) {
            throw new AssertionError("nobody is looked up by name here");
        }
    }

    private void refuses(Recognition answer, String description) {
        assertThatThrownBy(() -> asking(new Answering(answer))
                        .recognise(
                                ALICE_PRINCIPAL,
                                Optional.empty(),
                                signIn(answer.getClass().getName()),
                                ORIGIN,
                                Optional.empty()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().description()).isEqualTo(description);
                    assertThat(refused.parties()).isEqualTo(Parties.user(ALICE_PRINCIPAL.toString()));
                });
    }

    private void refuses(Principal principal, String signIn, String description) {
        assertThatThrownBy(
                        () -> useCase.recognise(principal, Optional.empty(), signIn(signIn), ORIGIN, Optional.empty()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("access_denied");
                    assertThat(refused.refusal().description()).isEqualTo(description);
                    assertThat(refused.parties()).isEqualTo(Parties.user(principal.toString()));
                });
    }

    private void put(boolean enabled) {
        storage.put(
                new LocalIdentity(
                        localName("alice"), Optional.of(ALICE.guid()), Set.of(ALICE_PRINCIPAL), Set.of(), enabled),
                NOW);
    }
}
