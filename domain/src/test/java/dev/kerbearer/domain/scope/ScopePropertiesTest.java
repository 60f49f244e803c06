package dev.kerbearer.domain.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The algebra of scopes over random ones. Each test's name shows the seed: put it into {@link #seeds()} to repeat it. */
class ScopePropertiesTest {

    private static final int ROUNDS = 2_000;
    private static final List<String> NAMES = List.of("Certificate", "ssh", "Any", "admin", "b.c", "D-e", "f_9");
    private static final List<String> RESTRICTIONS = List.of("Read", "manage", "DELETE", "discover", "x.y");

    static Stream<Long> seeds() {
        return Stream.of(1L, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parsingACanonicalFormIsIdentity(long seed) {
        scopes(seed).forEach(scope -> {
            assertThat(Scope.parse(scope.canonical())).isEqualTo(scope);
            assertThat(Scope.parse(scope.canonical()).asGranted()).isEqualTo(scope.canonical());
            assertThat(Scope.parse(scope.asGranted()).asGranted()).isEqualTo(scope.asGranted());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void outputIsLowerCase(long seed) {
        scopes(seed).forEach(scope -> {
            assertThat(scope.asGranted()).isEqualTo(scope.asGranted().toLowerCase(Locale.ROOT));
            assertThat(scope.canonical()).isEqualTo(scope.canonical().toLowerCase(Locale.ROOT));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void coversIsAPartialOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int comparable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scope a = scope(random);
            Scope b = random.nextBoolean() ? a.union(scope(random)) : scope(random);
            Scope c = random.nextBoolean() ? b.union(scope(random)) : scope(random);
            assertThat(a.covers(a)).as("reflexive: %s", a).isTrue();
            if (a.covers(b) && b.covers(a)) {
                assertThat(a).as("antisymmetric").isEqualTo(b);
            }
            if (c.covers(b) && b.covers(a)) {
                comparable++;
                assertThat(c.covers(a)).as("transitive: %s, %s, %s", c, b, a).isTrue();
            }
        }
        assertThat(comparable).as("chains of three that were seen").isGreaterThan(ROUNDS / 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theUnionIsTheNarrowestCoverAndTheIntersectionTheWidestSharedPart(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Scope a = scope(random);
            Scope b = scope(random);
            Scope c = scope(random);
            Scope union = a.union(b);
            Scope shared = a.intersect(b);
            assertThat(union.covers(a) && union.covers(b)).isTrue();
            assertThat(a.covers(shared) && b.covers(shared)).isTrue();
            assertThat(c.covers(union)).isEqualTo(c.covers(a) && c.covers(b));
            assertThat(shared.covers(c)).isEqualTo(a.covers(c) && b.covers(c));
            assertThat(union).isEqualTo(b.union(a));
            assertThat(shared).isEqualTo(b.intersect(a));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMillionRandomStringsThrowNothingButTheMalformedRefusal(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int round = 0; round < 1_000_000; round++) {
            String text = text(random);
            try {
                Scope.parse(text);
                read++;
            } catch (RefusedException refused) {
                if (refused.refusal().kind() != Kind.INVALID_SCOPE) {
                    fail("%s for \"%s\"", refused.refusal(), text);
                }
            }
        }
        assertThat(read).as("strings that were scopes").isBetween(10_000, 990_000);
    }

    private static Stream<Scope> scopes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, ROUNDS).mapToObj(round -> scope(random));
    }

    private static Scope scope(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int items = random.nextInt(1, 5); items > 0; items--) {
            text.append(pick(random, NAMES));
            for (int i = 0, restrictions = random.nextInt(0, 4); i < restrictions; i++) {
                text.append(i == 0 ? ":" : ",").append(pick(random, RESTRICTIONS));
            }
            text.append(items == 1 ? "" : ";");
        }
        return Scope.parse(text.toString());
    }

    /** Uses mostly characters of the grammar, so that many strings are almost scopes, and sometimes any characters. */
    private static String text(SplittableRandom random) {
        String alphabet = "aZ9:;, .-_";
        boolean anyCharacter = random.nextInt(10) == 0;
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(0, 12); length > 0; length--) {
            text.append(
                    anyCharacter ? (char) random.nextInt(0x10000) : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String pick(SplittableRandom random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
