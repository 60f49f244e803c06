package dev.kerbearer.windowsauth.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ServerEndPointTest {

    /** The value is from the tests of ntlm-auth, whose bindings Windows servers accept. */
    @Test
    void aBindingEqualsThatOfAnotherImplementation() {
        byte[] digest = HexFormat.of().parseHex("e3ca49271e5089cc48ce82109f1324f41dbeddc29a777410c738f7868c4ff405");
        assertThat(HexFormat.of().formatHex(ServerEndPoint.binding(digest, 0)))
                .isEqualTo("6ea19df066da4622051f9c4f92c6df74");
    }

    @Test
    void aBindingMatchesItsCertificateOnly() {
        ServerEndPoint one = ServerEndPoint.of(Certificates.named("leaf-one"));
        byte[] digest = CertificateDigest.of(Certificates.named("leaf-one"));
        assertThat(one.isMeantBy(ServerEndPoint.binding(digest, 0))).isTrue();
        assertThat(one.isMeantBy(ServerEndPoint.binding(digest, 255)))
                .as("the address type that Java's public API writes")
                .isTrue();
        assertThat(one.isMeantBy(Certificates.bindingTo("leaf-two"))).isFalse();
        assertThat(one.isMeantBy(new byte[16])).isFalse();
        assertThat(one.isMeantBy(new byte[0])).isFalse();
    }
}
