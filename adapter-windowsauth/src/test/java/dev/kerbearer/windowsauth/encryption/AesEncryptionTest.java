package dev.kerbearer.windowsauth.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kerby.kerberos.kerb.crypto.CheckSumHandler;
import org.apache.kerby.kerberos.kerb.crypto.EncryptionHandler;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AesEncryptionTest {

    private static final int TICKET = 2;

    /** The vectors of RFC 8009 appendix A, except those with only a confounder. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            19, 3705d96080c17728a0e800eab6e0d23c, 000102030405, \
            84d7f30754ed987bab0bf3506beb09cfb55402cef7e6877ce99e247e52d16ed4421dfdf8976c
            19, 3705d96080c17728a0e800eab6e0d23c, 000102030405060708090a0b0c0d0e0f, \
            3517d640f50ddc8ad3628722b3569d2ae07493fa8263254080ea65c1008e8fc295fb4852e7d83e1e7c48c37eebe6b0d3
            19, 3705d96080c17728a0e800eab6e0d23c, 000102030405060708090a0b0c0d0e0f1011121314, \
            720f73b18d9859cd6ccb4346115cd336c70f58edc0c4437c5573544c31c813bce1e6d072c186b39a413c2f92ca9b8334a287ffcbfc
            20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52, 000102030405, \
            4ed7b37c2bcac8f74f23c1cf07e62bc7b75fb3f637b9f559c7f664f69eab7b6092237526ea0d1f61cb20d69d10f2
            20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52, 000102030405060708090a0b0c0d0e0f, \
            bc47ffec7998eb91e8115cf8d19dac4bbbe2e163e87dd37f49beca92027764f68cf51f14d798c2273f35df574d1f932e40c4ff255b36a266
            20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52, \
            000102030405060708090a0b0c0d0e0f1011121314, \
            40013e2df58e8751957d2878bcd2d6fe101ccfd556cb1eae79db3c3ee86429f2b2a602ac86fef6ecb647d6295fae077a1feb517508d2c16b4192e01f62
            """)
    void cipherTextOfTheRfcIsDecrypted(int type, String key, String plain, String sealed) throws Exception {
        assertThat(AesEncryption.numbered(type)
                        .orElseThrow()
                        .opening(bytes(key), TICKET)
                        .open(bytes(sealed)))
                .hasValue(bytes(plain));
    }

    /** The vectors of RFC 8009 appendix A. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            19, 3705d96080c17728a0e800eab6e0d23c, d78367186643d67b411cba9139fc1dee
            20, 6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52, \
            45ee791567eefca37f4ac1e0222de80d43c3bfa06699672a
            """)
    void theChecksumEqualsThatOfTheRfc(int type, String key, String checksum) throws Exception {
        byte[] message = bytes("000102030405060708090a0b0c0d0e0f1011121314");
        assertThat(AesEncryption.numbered(type).orElseThrow().checksum(message, bytes(key), TICKET))
                .isEqualTo(bytes(checksum));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES128_SHA1", "AES256_SHA1"})
    void theChecksumEqualsThatOfAnotherImplementation(AesEncryption encryption) throws Exception {
        boolean small = encryption == AesEncryption.AES128_SHA1;
        byte[] key = Arrays.copyOf("0123456789abcdef0123456789abcdef".getBytes(US_ASCII), small ? 16 : 32);
        CheckSumType type = small ? CheckSumType.HMAC_SHA1_96_AES128 : CheckSumType.HMAC_SHA1_96_AES256;
        for (KeyUsage usage : new KeyUsage[] {KeyUsage.APP_DATA_CKSUM, KeyUsage.KRB_SAFE_CKSUM}) {
            for (int length : new int[] {0, 1, 63, 64, 1000}) {
                assertThat(encryption.checksum(new byte[length], key, usage.getValue()))
                        .isEqualTo(CheckSumHandler.checksumWithKey(type, new byte[length], key, usage)
                                .getChecksum());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES128_SHA1", "AES256_SHA1"})
    void cipherTextOfAnotherImplementationIsDecrypted(AesEncryption encryption) throws Exception {
        for (KeyUsage usage : new KeyUsage[] {KeyUsage.KDC_REP_TICKET, KeyUsage.AP_REQ_AUTH}) {
            for (int length : new int[] {1, 15, 16, 17, 31, 32, 33, 1000, 48_000}) {
                EncryptionKey key = key(encryption);
                byte[] plain = new byte[length];
                Arrays.fill(plain, (byte) length);
                byte[] sealed = EncryptionHandler.encrypt(plain, key, usage).getCipher();
                assertThat(encryption
                                .opening(key.getKeyData(), usage.getValue())
                                .open(sealed))
                        .as("%s bytes", length)
                        .hasValue(plain);
            }
        }
    }

    @Test
    void changedCipherTextAndOtherKeysOrUsagesAreRefused() throws Exception {
        EncryptionKey key = key(AesEncryption.AES256_SHA1);
        byte[] sealed = EncryptionHandler.encrypt(new byte[40], key, KeyUsage.KDC_REP_TICKET)
                .getCipher();
        assertThat(open(sealed, key, KeyUsage.KDC_REP_TICKET)).isTrue();
        assertThat(open(sealed, key, KeyUsage.AP_REQ_AUTH)).isFalse();
        assertThat(open(sealed, key(AesEncryption.AES256_SHA1), KeyUsage.KDC_REP_TICKET))
                .isFalse();
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(changed, key, KeyUsage.KDC_REP_TICKET))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(open(Arrays.copyOf(sealed, length), key, KeyUsage.KDC_REP_TICKET))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void otherKeyTypesThanAesAreUnknown() {
        assertThat(AesEncryption.numbered(23)).as("RC4").isEmpty();
        assertThat(AesEncryption.numbered(16)).as("triple DES").isEmpty();
    }

    private static boolean open(byte[] sealed, EncryptionKey key, KeyUsage usage) throws GeneralSecurityException {
        return AesEncryption.AES256_SHA1
                .opening(key.getKeyData(), usage.getValue())
                .open(sealed)
                .isPresent();
    }

    private static EncryptionKey key(AesEncryption encryption) throws Exception {
        return EncryptionHandler.random2Key(
                encryption == AesEncryption.AES128_SHA1
                        ? EncryptionType.AES128_CTS_HMAC_SHA1_96
                        : EncryptionType.AES256_CTS_HMAC_SHA1_96);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
