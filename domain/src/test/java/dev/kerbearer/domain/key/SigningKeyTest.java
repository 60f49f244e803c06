package dev.kerbearer.domain.key;

import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ServerKey OLD = serverKey(1);
    private static final ServerKey NEW = serverKey(2);

    private final SigningKey key = SigningKey.generate(NOW);
    private final SealedSigningKey sealed = key.seal(OLD, RANDOM::nextBytes);

    @Test
    void anOpenedKeySignsAndItsPublicKeyVerifies() throws GeneralSecurityException {
        SigningKey opened = SigningKey.open(sealed, new ServerKeys(NEW, List.of(OLD)));
        assertThat(opened).isEqualTo(key);
        byte[] message = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(opened.privateKey().orElseThrow());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(opened.publicKey());
        signature.update(message);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(opened.publicKey().getParams().getOrder().bitLength()).isEqualTo(256);
    }

    @Test
    void withoutItsServerKeyAKeyVerifiesButDoesNotSign() {
        SigningKey opened = SigningKey.open(sealed, new ServerKeys(NEW, List.of()));
        assertThat(opened.publicKey()).isEqualTo(key.publicKey());
        assertThat(opened.privateKey()).isEmpty();
    }

    @Test
    void aDamagedSealOrASealUnderAnotherNameDoesNotOpen() {
        ServerKeys keys = new ServerKeys(OLD, List.of());
        byte[] broken = sealed.sealedKey();
        broken[broken.length - 1] ^= 1;
        assertThatThrownBy(() -> SigningKey.open(with(sealed.id(), broken), keys))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sealed.id().value());
        assertThatThrownBy(() -> SigningKey.open(with(sealed.id(), new byte[3]), keys))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sealed.id().value());
        SigningKeyId another = SigningKey.generate(NOW).id();
        assertThatThrownBy(() -> SigningKey.open(with(another, sealed.sealedKey()), keys))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSealDoesNotOpenWithAnotherTimeOrPublicKey() {
        ServerKeys keys = new ServerKeys(OLD, List.of());
        byte[] anothers = SigningKey.generate(NOW).publicKey().getEncoded();
        assertThatThrownBy(() -> SigningKey.open(with(sealed.publicKey(), NOW.plusMillis(1)), keys))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sealed.id().value());
        assertThatThrownBy(() -> SigningKey.open(with(anothers, NOW), keys)).isInstanceOf(IllegalStateException.class);
        assertThat(SigningKey.open(with(sealed.publicKey(), NOW), keys)).isEqualTo(key);
    }

    @Test
    void aPublicKeyUnderAnotherNameIsRefusedEvenIfThePrivateKeyCannotBeOpened() {
        byte[] anothers = SigningKey.generate(NOW).publicKey().getEncoded();
        assertThatThrownBy(() -> SigningKey.open(with(anothers, NOW), new ServerKeys(NEW, List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sealed.id().value());
    }

    @Test
    void twoSealsOfAKeyDifferAndDoNotShowIt() {
        PrivateKey secret = key.privateKey().orElseThrow();
        assertThat(key.seal(OLD, RANDOM::nextBytes)).isNotEqualTo(sealed);
        assertThat(new String(sealed.sealedKey(), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(secret.getEncoded(), StandardCharsets.ISO_8859_1).substring(40, 60));
        assertThat(key).hasToString("SigningKey[" + key.id() + " from " + NOW + ", hidden]");
        assertThat(sealed).hasToString("SealedSigningKey[" + key.id() + " from " + NOW + "]");
    }

    @Test
    void aSealedKeyIsImmutable() {
        SealedSigningKey same = with(sealed.id(), sealed.sealedKey());
        same.publicKey()[0] ^= 1;
        same.sealedKey()[0] ^= 1;
        assertThat(same).isEqualTo(sealed).hasSameHashCodeAs(sealed);
        assertThat(same).isNotEqualTo(key.seal(NEW, RANDOM::nextBytes)).isNotEqualTo("another thing");
    }

    @Test
    void sealedKeysThatDifferInAnyPartAreNotEqual() {
        SigningKeyId id = sealed.id();
        byte[] publicKey = sealed.publicKey();
        byte[] sealedKey = sealed.sealedKey();
        SigningKey other = SigningKey.generate(NOW);
        assertThat(sealed)
                .isNotEqualTo(new SealedSigningKey(other.id(), publicKey, sealedKey, OLD.id(), NOW))
                .isNotEqualTo(new SealedSigningKey(id, other.publicKey().getEncoded(), sealedKey, OLD.id(), NOW))
                .isNotEqualTo(new SealedSigningKey(id, publicKey, new byte[sealedKey.length], OLD.id(), NOW))
                .isNotEqualTo(new SealedSigningKey(id, publicKey, sealedKey, NEW.id(), NOW))
                .isNotEqualTo(new SealedSigningKey(id, publicKey, sealedKey, OLD.id(), NOW.plusMillis(1)))
                .doesNotHaveSameHashCodeAs(other.seal(OLD, RANDOM::nextBytes))
                .isEqualTo(new SealedSigningKey(id, publicKey, sealedKey, OLD.id(), NOW));
    }

    @Test
    void aSealedKeyCopiesItsBytes() {
        byte[] publicKey = sealed.publicKey();
        byte[] sealedKey = sealed.sealedKey();
        SealedSigningKey same = new SealedSigningKey(sealed.id(), publicKey, sealedKey, OLD.id(), NOW);
        publicKey[0] ^= 1;
        sealedKey[0] ^= 1;
        assertThat(same).isEqualTo(sealed);
    }

    @Test
    void aNodeHoldsAllPublicKeysAndThePrivateKeysThatItCanOpen() {
        SigningKey strange = SigningKey.generate(NOW.plusSeconds(5));
        SigningKeyRing ring = SigningKeyRing.open(
                List.of(strange.seal(NEW, RANDOM::nextBytes), sealed), new ServerKeys(OLD, List.of()));
        assertThat(ring.keys())
                .containsExactly(
                        key, new SigningKey(strange.id(), strange.publicKey(), Optional.empty(), strange.activeFrom()));
    }

    @Test
    void theNewestActiveKeyThatCanBeOpenedSigns() {
        SigningKey next = SigningKey.generate(NOW.plusSeconds(10));
        SigningKey strange = SigningKey.open(
                SigningKey.generate(NOW.plusSeconds(5)).seal(NEW, RANDOM::nextBytes), new ServerKeys(OLD, List.of()));
        SigningKeyRing ring = new SigningKeyRing(List.of(next, strange, key));
        assertThat(ring.keys()).containsExactly(key, strange, next);
        assertThat(ring.signerAt(NOW)).contains(key);
        assertThat(ring.signerAt(NOW.plusSeconds(9))).contains(key);
        assertThat(ring.signerAt(NOW.plusSeconds(10))).contains(next);
        assertThat(ring.signerAt(NOW.minusSeconds(1)))
                .as("the key of a node whose clock is ahead")
                .contains(key);
        assertThat(new SigningKeyRing(List.of(strange)).signerAt(NOW.plusSeconds(9)))
                .isEmpty();
        assertThat(ring.find(strange.id().value())).contains(strange);
        assertThat(ring.find("x")).isEmpty();
    }

    @Test
    void aKeysNameIsTheDigestOfItsPublicKey() {
        byte[] digest = Sha256.of(key.publicKey().getEncoded()).bytes();
        assertThat(key.id().value())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        assertThat(SigningKey.generate(NOW).id()).isNotEqualTo(key.id());
        assertThatThrownBy(() -> new SigningKeyId("short")).isInstanceOf(IllegalArgumentException.class);
    }

    private SealedSigningKey with(SigningKeyId id, byte[] sealedKey) {
        return new SealedSigningKey(id, sealed.publicKey(), sealedKey, sealed.sealedUnder(), NOW);
    }

    private SealedSigningKey with(byte[] publicKey, Instant activeFrom) {
        return new SealedSigningKey(sealed.id(), publicKey, sealed.sealedKey(), sealed.sealedUnder(), activeFrom);
    }

    private static ServerKey serverKey(int n) {
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = (byte) n;
        return ServerKey.of(secret);
    }
}
