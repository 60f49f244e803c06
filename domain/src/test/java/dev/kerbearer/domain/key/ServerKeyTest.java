package dev.kerbearer.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ServerKeyTest {

    private static final byte[] SECRET = new byte[ServerKey.LENGTH];

    private final ServerKey key = ServerKey.of(SECRET);

    /** Computes HKDF of RFC 5869 by hand: one block of expansion after an extraction with no salt. */
    @Test
    void aKeyIsDerivedWithHkdf() throws Exception {
        byte[] extracted = hmac(new byte[32], SECRET);
        byte[] info = {'u', 's', 'e', 1};
        assertThat(key.derive("use")).isEqualTo(hmac(extracted, info));
        assertThat(key.authenticate("use", new byte[] {1, 2}, new byte[] {3}))
                .isEqualTo(hmac(key.derive("use"), new byte[] {1, 2, 3}));
    }

    /** The expected bytes come from OpenSSL: openssl kdf -keylen 70 ... -kdfopt hexinfo:75736500010203 HKDF. */
    @Test
    void moreThanOneBlockIsExpandedWithHkdf() {
        byte[] seventy = HexFormat.of()
                .parseHex("1e3ae5752eaaa4754732e98d5d9178e5931d02bb60424ea2c339665cb0070f3b"
                        + "06595ff90421c39d44b359c0528df19dd50bb4ba775837eb8af0e65a9306a925"
                        + "a13a7e5f8fa6");
        assertThat(key.expand("use", 70, new byte[] {1, 2}, new byte[] {3})).isEqualTo(seventy);
        assertThat(key.expand("use", 34, new byte[] {1, 2, 3})).isEqualTo(Arrays.copyOf(seventy, 34));
    }

    @Test
    void eachUseHasItsOwnKey() {
        assertThat(key.derive("one")).isNotEqualTo(key.derive("other"));
        assertThat(key.expand("use", 32)).isNotEqualTo(key.derive("use"));
        assertThat(key.expand("use", 32, new byte[] {1})).isNotEqualTo(key.expand("use\u0001", 32));
    }

    @Test
    void aKeyIsIdentifiedByAFingerprint() {
        byte[] other = SECRET.clone();
        other[31] = 1;
        assertThat(key.id())
                .isEqualTo(ServerKey.of(SECRET).id())
                .hasToString(key.id().value());
        assertThat(key.id()).isNotEqualTo(ServerKey.of(other).id());
        assertThat(new ServerKeys(key, List.of(ServerKey.of(other)))
                        .find(ServerKey.of(other).id()))
                .isPresent();
        assertThat(new ServerKeys(key, List.of()).find(ServerKey.of(other).id()))
                .isEmpty();
        assertThat(new ServerKeys(key, List.of()).find(key.id())).contains(key);
    }

    @Test
    void aKeyCannotBePrintedOrSerialised() {
        byte[] secret = HexFormat.of().parseHex("5a".repeat(32));
        assertThat(ServerKey.of(secret).toString()).doesNotContain("5a5a").contains("hidden");
        assertThat(key).isNotInstanceOf(Serializable.class);
    }

    @Test
    void aKeyHas256Bits() {
        assertThatThrownBy(() -> ServerKey.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyId("xyz")).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
