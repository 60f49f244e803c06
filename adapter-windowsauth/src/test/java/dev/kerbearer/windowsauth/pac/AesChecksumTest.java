package dev.kerbearer.windowsauth.pac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.kerby.kerberos.kerb.crypto.CheckSumHandler;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesChecksumTest {

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void theChecksumIsThatOfAnotherImplementation(int keyLength) throws Exception {
        byte[] key = Arrays.copyOf(PacSample.KEY, keyLength);
        CheckSumType type = keyLength == 16 ? CheckSumType.HMAC_SHA1_96_AES128 : CheckSumType.HMAC_SHA1_96_AES256;
        for (KeyUsage usage : List.of(KeyUsage.APP_DATA_CKSUM, KeyUsage.KRB_SAFE_CKSUM)) {
            for (int length : new int[] {0, 1, 63, 64, 1000}) {
                assertThat(AesChecksum.of(new byte[length], key, usage.getValue()))
                        .isEqualTo(CheckSumHandler.checksumWithKey(type, new byte[length], key, usage)
                                .getChecksum());
            }
        }
    }
}
