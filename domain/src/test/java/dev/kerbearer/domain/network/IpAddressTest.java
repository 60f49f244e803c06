package dev.kerbearer.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "fe80::1%eth0, fe80::1",
        "fe80::1%25, fe80::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1%1, 192.0.2.1",
        "::192.0.2.1, ::c000:201"
    })
    void anAddressHasOneWrittenForm(String text, String written) {
        IpAddress address = IpAddress.parse(text).orElseThrow();
        assertThat(address).hasToString(written);
        assertThat(IpAddress.parse(written))
                .as("the written form is read as the same address")
                .contains(address);
        assertThat(address.hashCode())
                .isEqualTo(IpAddress.parse(written).orElseThrow().hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                ":::",
                "%",
                "%:",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.0.0.1",
                "01.2.3.4",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                "1.2.3.4%eth0",
                "1.2.3.\u0664",
                "2130706433",
                "localhost",
                "unknown",
                "_hidden",
                "[::1]",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "::g",
                "::-1",
                "::+1",
                "::1.2.3",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "::ffff:1.2.3.256",
                "::1\0"
            })
    void anythingElseIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void aTextThatIsFarTooLongIsNoAddress() {
        assertThat(IpAddress.parse("::1%" + "x".repeat(10_000))).isEmpty();
        assertThat(IpAddress.parse("0".repeat(10_000))).isEmpty();
    }

    /** The JDK reads addresses too, but it may ask a name server. */
    @Test
    void anyAddressIsReadAsTheJdkReadsIt() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
            }
            InetAddress known = InetAddress.getByAddress(bytes);
            IpAddress read = IpAddress.parse(known.getHostAddress()).orElseThrow();
            assertThat(read.bytes()).as("seed %d: %s", seed, known).isEqualTo(known.getAddress());
            assertThat(InetAddress.getByName(read.toString()))
                    .as("seed %d: %s", seed, read)
                    .isEqualTo(known);
            assertThat(read.isLoopback()).as("seed %d: %s", seed, read).isEqualTo(known.isLoopbackAddress());
            assertThat(read.isIpv6()).isEqualTo(known.getAddress().length == 16);
        }
    }

    @Test
    void ipv4AndIpv6HaveLoopbackAddresses() {
        assertThat(IpAddress.parse("127.8.9.10").orElseThrow().isLoopback()).isTrue();
        assertThat(IpAddress.parse("::1").orElseThrow().isLoopback()).isTrue();
        assertThat(IpAddress.parse("128.0.0.1").orElseThrow().isLoopback()).isFalse();
        assertThat(IpAddress.parse("::2").orElseThrow().isLoopback()).isFalse();
    }

    @Test
    void differentAddressesAreNotEqual() {
        IpAddress one = IpAddress.parse("192.0.2.1").orElseThrow();
        assertThat(one)
                .isNotEqualTo(IpAddress.parse("192.0.2.2").orElseThrow())
                .isNotEqualTo(IpAddress.parse("::c000:201").orElseThrow())
                .isNotEqualTo("192.0.2.1");
    }
}
