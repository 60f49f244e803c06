package dev.kerbearer.rest.edge.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMembersTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void aFormValueNeedsNoEncodingWhereItHasNoSpecialCharacters() {
        assertThat(form("state=\uD83D\uDE00\u00E4")).isEqualTo("\uD83D\uDE00\u00E4");
        assertThat(form("state=%F0%9F%98%80+%c3%A4")).isEqualTo("\uD83D\uDE00 \u00E4");
    }

    /** Tokens may end with equals signs, and some clients do not encode them in a form. */
    @Test
    void anEqualsSignWithinAValueNeedsNoEncoding() {
        assertThat(form("state=abc==")).isEqualTo("abc==");
        assertThat(form("state=abc%3D%3d&scope=ssh")).isEqualTo("abc==");
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheBeginningOnly() {
        assertThat(form("\uFEFFstate=\uFEFFx")).isEqualTo("\uFEFFx");
        assertThat(form("state=%EF%BB%BFx")).isEqualTo("\uFEFFx");
        assertThat(json("\uFEFF{\"state\":\"\uFEFFx\"}")).isEqualTo("\uFEFFx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=%", "state=%4", "state=%4g", "state=%\uFF14\uFF11", "state=%-1"})
    void aPercentSignIsFollowedByTwoHexadecimalDigits(String body) {
        assertThatThrownBy(() -> form(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("is not followed by two hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"state\"", "{\"state\":\"x", "{\"more\":[", "{\"state\":x}", "{\"a\":1,\"a\":1}"})
    void malformedJsonIsRefusedWithItsPosition(String body) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("The request is malformed: it is no JSON, or names a member twice,"
                        + " near line 1, column \\d+");
    }

    /** curl sends any body with the content type of a form, unless it is told otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"client_id\":\"a\"}", " {\"client_id\":\"a&b=c%\"}\r\n", "\uFEFF{}", "{client_id:a,scope:b}"})
    void jsonThatIsSentAsAFormIsRefusedWithTheRightContentType(String body) {
        assertThatThrownBy(() -> form(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("its body is JSON, but its Content-Type is application/x-www-form-urlencoded:"
                        + " send application/json");
        assertThatThrownBy(() -> RequestMembers.readForm(FORM, body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("its body is JSON, but this call takes a form");
    }

    @Test
    void aFormMayContainBraces() {
        assertThat(form("state={}&{}=x")).isEqualTo("{}");
        assertThat(form("{x=y&state=z")).isEqualTo("z");
    }

    @Test
    void jsonIsAtMost100LevelsDeep() {
        assertThat(json(nested(99))).isEqualTo("x");
        assertThatThrownBy(() -> json(nested(100)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nested too deeply");
    }

    /** Otherwise the service would look up and store a different text than the client sent. */
    @Test
    void halfASurrogatePairIsRefused() {
        assertThat(json("{\"state\":\"\\ud83d\\ude00\"}")).isEqualTo("\uD83D\uDE00");
        assertThatThrownBy(() -> json("{\"state\":\"\\ud83d\"}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("the member state is no Unicode text");
    }

    private static String nested(int levels) {
        return "{\"more\":" + "[".repeat(levels) + "]".repeat(levels) + ",\"state\":\"x\"}";
    }

    private static String form(String body) {
        return state(FORM, body);
    }

    private static String json(String body) {
        return state("application/json", body);
    }

    private static String state(String contentType, String body) {
        return RequestMembers.read(contentType, body.getBytes(StandardCharsets.UTF_8))
                .get(WireMembers.STATE)
                .orElseThrow();
    }
}
