package dev.kerbearer.domain.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @ParameterizedTest(name = "\"{0}\" is granted as \"{1}\"")
    @CsvSource(delimiter = '|', textBlock = """
            Certificate:discover,manage,delete;SSH:manage | certificate:discover,manage,delete;ssh:manage
            ssh:manage;certificate                        | ssh:manage;certificate
            certificate:manage;ssh;certificate:discover   | certificate:manage,discover;ssh
            certificate:manage,MANAGE,manage              | certificate:manage
            certificate:read                              | certificate
            certificate:read,manage                       | certificate:manage
            certificate:manage,READ                       | certificate:manage
            '  certificate :  manage , discover ;  ssh '  | certificate:manage,discover;ssh
            ;;certificate; ;                              | certificate
            a.b_c-9:d.e_f-8                               | a.b_c-9:d.e_f-8
            any;certificate                               | certificate
            any                                           | any
            any:delete;certificate                        | any:delete;certificate
            """)
    void theGrantedFormKeepsTheOrderOfTheRequest(String requested, String granted) {
        assertThat(Scope.parse(requested).asGranted()).isEqualTo(granted);
    }

    @ParameterizedTest(name = "\"{0}\" is canonically \"{1}\"")
    @CsvSource(delimiter = '|', textBlock = """
            SSH:manage;Certificate:manage,delete | certificate:delete,manage;ssh:manage
            b;a;c                                | a;b;c
            certificate:read                     | certificate
            """)
    void theCanonicalFormIsSorted(String requested, String canonical) {
        assertThat(Scope.parse(requested).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "\"{0}\" is malformed")
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                " ; ;",
                ":",
                ":manage",
                "certificate:",
                "certificate:,",
                "certificate:manage,",
                "certificate:,manage",
                "certificate:manage:delete",
                "1certificate",
                "-a",
                ".a",
                "_a",
                "certi ficate",
                "certificate:man age",
                "zürich",
                "certificate:\u017f",
                "\u212a",
                "a\tb",
                "\tcertificate",
                "a\u0000",
                "a,b",
                "a;b:1"
            })
    void anythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> Scope.parse(text)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().kind()).isEqualTo(Kind.INVALID_SCOPE);
            assertThat(refused.refusal().code()).isEqualTo("invalid_scope");
            assertThat(refused.refusal().description()).startsWith("The scope is malformed: ");
        });
    }

    @ParameterizedTest(name = "\"{0}\": {1}")
    @CsvSource(delimiter = '|', textBlock = """
            :manage      | a name or restriction is empty
            certificate: | a name or restriction is empty
            1a           | a name or restriction must begin with a letter
            a b          | a name or restriction holds a character other than letters, digits, '.', '_' and '-'
            ;            | it names nothing
            """, quoteCharacter = '"')
    void theRefusalSaysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> Scope.parse(text)).hasMessage("The scope is malformed: " + why);
    }

    @Test
    void aNameBeginsWithAnyLetterAndGoesOnWithAnyLetterOrDigit() {
        for (char c = 0; c < 0x250; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            assertThat(isScope(String.valueOf(c))).as("U+%04x alone", (int) c).isEqualTo(letter);
            assertThat(isScope("x" + c + "x"))
                    .as("U+%04x inside", (int) c)
                    .isEqualTo(letter || digit || ".-_:;".indexOf(c) >= 0);
        }
    }

    private static boolean isScope(String text) {
        try {
            return !Scope.parse(text).items().isEmpty();
        } catch (RefusedException refused) {
            return false;
        }
    }

    @Test
    void namesAndRestrictionsHaveAtMost64Characters() {
        String longest = "a".repeat(64);
        assertThat(Scope.parse(longest + ":" + longest).asGranted()).isEqualTo(longest + ":" + longest);
        assertThatThrownBy(() -> Scope.parse(longest + "a")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Scope.parse("a:" + longest + "a")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aScopeHasAtMost4096Characters() {
        String longest = ";".repeat(Scope.MAX_LENGTH - 1) + "a";
        assertThat(Scope.parse(longest).asGranted()).isEqualTo("a");
        assertThatThrownBy(() -> Scope.parse(longest + ";")).isInstanceOf(RefusedException.class);
    }

    @Test
    void lowerCaseDoesNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Scope.parse("CERTIFICATE:DISCOVER").asGranted()).isEqualTo("certificate:discover");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest(name = "\"{0}\" covers \"{1}\": {2}")
    @CsvSource(delimiter = '|', textBlock = """
            certificate:discover,manage,delete | certificate:manage         | true
            certificate:discover,manage,delete | certificate                | true
            certificate:discover,manage,delete | certificate:read           | true
            certificate:discover;ssh           | ssh;certificate:discover   | true
            certificate:delete                 | certificate:manage         | false
            certificate                        | certificate:manage         | false
            certificate:manage                 | ssh                        | false
            certificate:manage                 | certificate:manage;ssh     | false
            certificate                        | any                        | true
            any                                | any                        | true
            any                                | certificate                | false
            certificate                        | any:delete                 | false
            """)
    void aScopeCoversAScopeWithoutOtherNamesOrRestrictions(String wide, String narrow, boolean covers) {
        assertThat(Scope.parse(wide).covers(Scope.parse(narrow))).isEqualTo(covers);
    }

    @ParameterizedTest(name = "\"{0}\" with \"{1}\" is \"{2}\", and they share \"{3}\"")
    @CsvSource(delimiter = '|', textBlock = """
            certificate:manage | certificate:discover | certificate:discover,manage | certificate
            certificate:manage | ssh                  | certificate:manage;ssh      | any
            a:b,c;d            | a:c,e;f              | a:b,c,e;d;f                 | a:c
            any                | a                    | a                           | any
            """)
    void unionAndIntersection(String one, String other, String union, String intersection) {
        Scope a = Scope.parse(one);
        Scope b = Scope.parse(other);
        assertThat(a.union(b).canonical()).isEqualTo(union);
        assertThat(a.intersect(b).canonical()).isEqualTo(intersection);
    }

    @Test
    void scopesThatDifferInOrderOnlyAreEqual() {
        assertThat(Scope.parse("b:y,x;a")).isEqualTo(Scope.parse("a;b:x,y")).hasSameHashCodeAs(Scope.parse("A;B:X,Y"));
        assertThat(Scope.parse("a")).isNotEqualTo(Scope.parse("a:x")).isNotEqualTo("a");
        assertThat(Scope.parse("a")).doesNotHaveSameHashCodeAs(Scope.parse("b"));
    }

    @Test
    void aScopeCanBeMadeOfItems() {
        ScopeItem certificate = new ScopeItem("Certificate", Set.of(new Restriction("Manage")));
        ScopeItem ssh = new ScopeItem("ssh", Set.of());
        Scope scope = Scope.of(List.of(ssh, certificate));
        assertThat(scope).isEqualTo(Scope.parse("certificate:manage;ssh")).hasToString("ssh;certificate:manage");
        assertThat(scope.items()).containsExactly(ssh, certificate);
        assertThatThrownBy(() -> Scope.of(List.of())).hasMessage("The scope is malformed: it names nothing");
        assertThatThrownBy(() -> new ScopeItem("", Set.of())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> new Restriction("a b")).isInstanceOf(RefusedException.class);
    }

    @Test
    void anItemOrRestrictionIsPrintedAsItIsWritten() {
        assertThat(new Restriction("Manage")).hasToString("manage");
        assertThat(Scope.parse("Certificate:Manage,Delete").items()).hasToString("[certificate:manage,delete]");
    }

    /** The names in the contract's table are for people; the grammar does not know them. */
    @Test
    void anyNameMayBeUsed() {
        assertThat(Scope.parse("nobody.knows-this:do_it").asGranted()).isEqualTo("nobody.knows-this:do_it");
    }
}
