package dev.kerbearer.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.integration.TokenFormat;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenSecretTest {

    private static final byte[] BYTES = new byte[TokenSecret.LENGTH];

    static {
        Arrays.fill(BYTES, (byte) 0xfb);
    }

    private final TokenSecret secret = TokenSecret.of(BYTES);

    @Test
    void aSecretIsWrittenInBase64UrlWithItsPadding() {
        assertThat(secret.reveal()).hasSize(48).matches("[A-Za-z0-9_-]{46}==");
        assertThat(Base64.getUrlDecoder().decode(secret.reveal())).isEqualTo(BYTES);
    }

    @Test
    void aSecretCannotBePrinted() {
        assertThat(secret).hasToString("TokenSecret[hidden]");
        TokenPair pair = new TokenPair(TokenFormat.OPAQUE, secret, Optional.of(secret));
        assertThat(List.of(secret.toString(), pair.toString(), String.valueOf(List.of(pair))))
                .noneMatch(text -> text.contains(secret.reveal())
                        || text.contains(secret.digest().sha256().toString()));
    }

    @Test
    void aSecretCannotBeSerialised() {
        assertThat(secret).isNotInstanceOf(Serializable.class);
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(secret))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void aSecretHasNoPropertyThatASerialiserFinds() {
        assertThat(TokenSecret.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                .extracting(method -> method.getName())
                .containsExactlyInAnyOrder("reveal", "digest", "toString");
        assertThat(TokenSecret.class.getDeclaredFields())
                .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
                .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
    }

    @Test
    void aSecretIsIdentifiedByTheDigestOfThePresentedText() {
        assertThat(secret.digest()).isEqualTo(TokenDigest.ofPresented(secret.reveal()));
        assertThat(secret.digest()).isNotEqualTo(TokenDigest.ofPresented(secret.reveal() + "="));
        assertThat(secret.digest())
                .isNotEqualTo(TokenDigest.ofPresented(secret.reveal().replace("=", "")));
        assertThat(TokenDigest.ofPresented("abc").sha256())
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aSecretHas272BitsAndIsImmutable() {
        byte[] bytes = BYTES.clone();
        TokenSecret copy = TokenSecret.of(bytes);
        bytes[0] = 0;
        assertThat(copy.reveal()).isEqualTo(secret.reveal());
        assertThatThrownBy(() -> TokenSecret.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }
}
