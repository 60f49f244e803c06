package dev.kerbearer.domain.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {

    private static final ClientAddress HERE = ClientAddress.of("192.0.2.1");
    private static final ClientAddress THERE = ClientAddress.of("192.0.2.2");

    /** Otherwise each spelling of a name would give a guesser a new set of tries. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "ALICE",
                "Alice",
                "alice@corp.example",
                "ALICE@OTHER",
                " alice ",
                "\u00e1lice",
                "al\u200bice",
                "alice\0",
                "alice\uff20corp",
                "CORP\\alice",
                "alice\u0301@corp.example"
            })
    void spellingsOfANameCountAsOneName(String name) {
        assertThat(new Attempt(name, HERE).ofName()).isEqualTo(new Attempt("alice", HERE).ofName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alicia", "@alice", "al ice"})
    void differentNamesAreCountedSeparately(String name) {
        assertThat(new Attempt(name, HERE).ofName()).isNotEqualTo(new Attempt("alice", HERE).ofName());
    }

    @Test
    void aNameThatStartsWithAnAtSignIsNotEmpty() {
        assertThat(new Attempt("@alice", HERE).ofName()).isNotEqualTo(new Attempt("", HERE).ofName());
    }

    @Test
    void onlyTheBeginningOfALongNameCounts() {
        String longest = "a".repeat(256);
        assertThat(new Attempt(longest + "b".repeat(24_000), HERE).ofName())
                .isEqualTo(new Attempt(longest, HERE).ofName());
        assertThat(new Attempt(longest, HERE).nameForLog()).isEqualTo("a".repeat(100));
        assertThat(new Attempt("alice", HERE).nameForLog()).isEqualTo("alice");
    }

    @Test
    void aNameIsCountedForAllAddressesAndANameFromAnAddressForThatAddressOnly() {
        Attempt here = new Attempt("alice", HERE);
        Attempt there = new Attempt("alice", THERE);
        assertThat(here.ofName()).isEqualTo(there.ofName());
        assertThat(here.ofNameFromThere()).isNotEqualTo(there.ofNameFromThere()).isNotEqualTo(here.ofName());
        assertThat(here.ofAddress()).isNotEqualTo(there.ofAddress()).isEqualTo(new Attempt("bob", HERE).ofAddress());
    }

    @Test
    void noNameIsConfusedWithAnAddressOrWithANameFromAnAddress() {
        assertThat(new Attempt("192.0.2.1", HERE).ofName()).isNotEqualTo(new Attempt("x", HERE).ofAddress());
        assertThat(new Attempt("alice\0192.0.2.1", THERE).ofName())
                .isNotEqualTo(new Attempt("alice", HERE).ofNameFromThere());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "::ffff:192.0.2.1, 192.0.2.1",
        "unknown, unknown",
        "2001:db8:1:2::1%eth9, 20010db800010002",
        "not:an:address, not:an:address",
        "1:2, 1:2",
        "%:, %:"
    })
    void anIpv6ClientIsCountedByItsNetwork(String address, String client) {
        assertThat(ClientAddress.of(address)).hasToString(client);
    }
}
