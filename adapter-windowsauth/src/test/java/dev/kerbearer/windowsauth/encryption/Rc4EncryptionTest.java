package dev.kerbearer.windowsauth.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kerby.kerberos.kerb.crypto.EncryptionHandler;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;
import org.junit.jupiter.api.Test;

class Rc4EncryptionTest {

    @Test
    void cipherTextOfAnotherImplementationIsDecryptedWithItsKeyAndUsageOnly() throws Exception {
        EncryptionKey key = EncryptionHandler.random2Key(EncryptionType.ARCFOUR_HMAC);
        for (KeyUsage usage : new KeyUsage[] {KeyUsage.KDC_REP_TICKET, KeyUsage.AP_REQ_AUTH}) {
            for (int length : new int[] {1, 16, 1000}) {
                byte[] plain = new byte[length];
                Arrays.fill(plain, (byte) length);
                byte[] sealed = EncryptionHandler.encrypt(plain, key, usage).getCipher();
                assertThat(Rc4Encryption.open(sealed, key.getKeyData(), usage.getValue()))
                        .hasValue(plain);
                assertThat(Rc4Encryption.open(sealed, key.getKeyData(), 3)).isEmpty();
                assertThat(Rc4Encryption.open(sealed, new byte[16], usage.getValue()))
                        .isEmpty();
                for (int i = 0; i < sealed.length; i++) {
                    byte[] changed = sealed.clone();
                    changed[i] ^= 1;
                    assertThat(Rc4Encryption.open(changed, key.getKeyData(), usage.getValue()))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void malformedCipherTextAndKeysAreRefused() throws Exception {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        assertThat(Rc4Encryption.open(new byte[23], key, 2)).isEmpty();
        assertThat(Rc4Encryption.open(new byte[100], new byte[3], 2)).isEmpty();
    }
}
