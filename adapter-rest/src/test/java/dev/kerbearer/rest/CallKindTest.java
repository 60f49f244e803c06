package dev.kerbearer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallKindTest {

    @ParameterizedTest
    @CsvSource({
        WirePaths.AUTHORIZE_INTEGRATED + ", , SIGN_IN",
        WirePaths.AUTHORIZE_INTEGRATED + ", Negotiate YII, SIGN_IN",
        WirePaths.AUTHORIZE_INTEGRATED + ", NTLM TlR, PASSWORD_SIGN_IN",
        WirePaths.TOKEN + ", , CHANGE",
        WirePaths.REVOKE + ", NTLM TlR, CHANGE",
        OauthPaths.TOKEN + ", Basic YTpi, CHANGE",
        OauthPaths.REVOKE + ", , CHANGE",
        WirePaths.VERIFY + ", NTLM TlR, CHECK",
        WirePaths.IS_AUTH_SERVER + ", , CHECK",
        OauthPaths.INTROSPECT + ", , CHECK",
        "/vedauth/no/such/call, NTLM TlR, CHECK"
    })
    void theKindOfACallIsThatOfItsPathAndForASignInOfItsScheme(String path, String authorization, CallKind kind) {
        assertThat(CallKind.of(path, authorization, header -> header.startsWith("NTLM")))
                .isEqualTo(kind);
    }
}
