package dev.kerbearer.domain.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks the rules for any text that a client sends as a scope. */
final class AnyScopeText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

    private AnyScopeText() {}

    static void check(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        Scope scope;
        try {
            scope = Scope.parse(text);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().kind()).isEqualTo(Kind.INVALID_SCOPE);
            assertThat(isOfTheGrammar(text)).as("refused as malformed").isFalse();
            return;
        }
        assertThat(isOfTheGrammar(text)).as("read as a scope").isTrue();
        bothFormsAreReadAgain(scope);
        assertThat(Scope.parse(text.toUpperCase(Locale.ROOT)).asGranted()).isEqualTo(scope.asGranted());
        assertThat(scope.covers(scope)).isTrue();
        assertThat(scope.covers(Scope.parse("any"))).isTrue();
        assertThat(scope.union(scope)).isEqualTo(scope);
        assertThat(scope.intersect(scope)).isEqualTo(scope);
    }

    private static void bothFormsAreReadAgain(Scope scope) {
        Scope fromCanonical = Scope.parse(scope.canonical());
        assertThat(fromCanonical).isEqualTo(scope);
        assertThat(fromCanonical.asGranted()).isEqualTo(scope.canonical());
        Scope fromGranted = Scope.parse(scope.asGranted());
        assertThat(fromGranted.asGranted()).isEqualTo(scope.asGranted());
        assertThat(fromGranted.canonical()).isEqualTo(scope.canonical());
    }

    /** Checks the grammar a second time, in a slow and simple way. */
    private static boolean isOfTheGrammar(String text) {
        List<String> items =
                parts(text, ";").stream().filter(item -> !item.isEmpty()).toList();
        return text.length() <= 4096 && !items.isEmpty() && items.stream().allMatch(AnyScopeText::isItem);
    }

    private static boolean isItem(String item) {
        List<String> parts = parts(item, ":");
        return parts.size() <= 2
                && isName(parts.get(0))
                && parts.stream()
                        .skip(1)
                        .flatMap(names -> parts(names, ",").stream())
                        .allMatch(AnyScopeText::isName);
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(part -> part.replaceAll("^ +| +$", ""))
                .toList();
    }
}
