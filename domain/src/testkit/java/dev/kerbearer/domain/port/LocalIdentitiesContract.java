package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.port.StoragePorts.recognised;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory.Recognition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of {@link LocalIdentities}, and of {@link Directory} for them. */
public interface LocalIdentitiesContract extends StoragePorts {

    @Test
    default void aUserIsRecognisedByPrincipalWithAllGroups() {
        Recognition recognition = directory().recognise(ALICE_PRINCIPAL);
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertThat(recognised(recognition)).isEqualTo(Samples.caller(ALICE, operators));
        assertThat(directory().recognise(Principal.parse("alice@OTHER.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(Principal.parse("ALICE@PRACTICE.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
    }

    /** RFC 4120 section 6.2: a name is a sequence of components, not a text. */
    @Test
    default void principalsWithTheSameLettersAndOtherComponentsDiffer() {
        Principal two = new Principal(List.of("host", "box"), "PRACTICE.EXAMPLE");
        Principal one = new Principal(List.of("host/box"), "PRACTICE.EXAMPLE");
        identities().put(named("two", "host/box@PRACTICE.EXAMPLE"), IMPORT);
        assertThat(directory().recognise(two)).isInstanceOf(Recognition.Recognised.class);
        assertThat(directory().recognise(one)).isEqualTo(new Recognition.Unknown());
        identities().put(named("one", "host\\/box@PRACTICE.EXAMPLE"), IMPORT);
        assertThat(directory().recognise(one)).isNotEqualTo(directory().recognise(two));
        identities().put(named("at", "alice\\@mail.example@PRACTICE.EXAMPLE"), IMPORT);
        assertThat(directory().recognise(new Principal(List.of("alice@mail.example"), "PRACTICE.EXAMPLE")))
                .isInstanceOf(Recognition.Recognised.class);
        for (String realm :
                List.of("mail.example@PRACTICE.EXAMPLE", "PRACTICE.EXAMPLE@OTHER", "other@PRACTICE.EXAMPLE")) {
            assertThat(directory().recognise(new Principal(List.of("alice"), realm)))
                    .as(realm)
                    .isEqualTo(new Recognition.Unknown());
        }
    }

    @Test
    default void aDisabledUserIsNotTakenForAnUnknownOne() {
        identities().put(alice(false), IMPORT);
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isEqualTo(new Recognition.Disabled(ALICE));
    }

    @Test
    default void aMissingGuidIsGeneratedOnceAndKept() {
        identities().put(named("bob", "bob@PRACTICE.EXAMPLE"), IMPORT);
        Identity bob = directory().find(localName("bob")).orElseThrow();
        identities().put(named("bob"), IMPORT);
        assertThat(directory().find(localName("bob"))).contains(bob);
        assertThat(directory().recognise(Principal.parse("bob@PRACTICE.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
    }

    @Test
    default void anIdentityFoundByItsGuidCanBeRenamed() {
        identities()
                .put(
                        new LocalIdentity(localName("alicia"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                        IMPORT);
        assertThat(directory().find(localName("alicia"))).contains(ALICE);
        assertThat(directory().find(localName("alice"))).isEmpty();
    }

    @Test
    default void aNameOrPrincipalBelongsToOneIdentityOnly() {
        assertTaken(new LocalIdentity(localName("alice"), Optional.of(UUID.randomUUID()), Set.of(), Set.of(), true));
        assertTaken(named("bob", ALICE_PRINCIPAL.toString()));
        assertTaken(named("operators"));
        assertTaken(new LocalIdentity(localName("bob"), Optional.empty(), Set.of(), Set.of(localName("alice")), true));
        assertThat(directory().find(localName("bob"))).isEmpty();
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isInstanceOf(Recognition.Recognised.class);
    }

    @Test
    default void aUserCannotHaveTheGuidOfAGroup() {
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertTaken(new LocalIdentity(localName("bob"), Optional.of(operators.guid()), Set.of(), Set.of(), true));
        assertThat(directory().find(localName("bob"))).isEmpty();
        assertThat(directory().find(localName("operators"))).contains(operators);
    }

    @Test
    default void leavingAGroupTakesEffect() {
        identities().put(alice(true), IMPORT);
        assertThat(recognised(directory().recognise(ALICE_PRINCIPAL))).isEqualTo(Samples.caller(ALICE));
        assertThat(directory().find(localName("operators"))).isPresent();
    }

    private void assertTaken(LocalIdentity identity) {
        assertThatThrownBy(() -> identities().put(identity, IMPORT)).isInstanceOf(LocalIdentities.AlreadyTaken.class);
    }

    private static LocalIdentity named(String name, String... principals) {
        return new LocalIdentity(
                localName(name),
                Optional.empty(),
                Arrays.stream(principals).map(Principal::parse).collect(Collectors.toSet()),
                Set.of(),
                true);
    }
}
