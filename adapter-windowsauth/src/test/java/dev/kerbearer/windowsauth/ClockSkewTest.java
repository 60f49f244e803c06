package dev.kerbearer.windowsauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockSkewTest {

    @TempDir
    Path folder;

    @Test
    void withoutAWordItIsFiveMinutes() throws IOException {
        assertThat(ClockSkew.of(folder.resolve("none"))).isEqualTo(Duration.ofMinutes(5));
        assertThat(skewOf("[libdefaults]\n  default_realm = A\n#  clockskew = 900\n"))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aLargerOneCountsAndASmallerOneDoesNot() throws IOException {
        assertThat(skewOf("[libdefaults]\n  clockskew = 900\n")).isEqualTo(Duration.ofMinutes(15));
        assertThat(skewOf("[libdefaults]\nclockskew=60\n")).isEqualTo(Duration.ofMinutes(5));
    }

    private Duration skewOf(String content) throws IOException {
        return ClockSkew.of(Files.writeString(folder.resolve("krb5.conf"), content));
    }
}
