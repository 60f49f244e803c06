package dev.kerbearer.rest.edge.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.rest.edge.arrival.Arrivals.Source;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

    private static final SocketAddress PROXY = SocketAddress.inetSocketAddress(4711, "10.0.0.4");
    private static final SocketAddress CLIENT = SocketAddress.inetSocketAddress(4711, "192.0.2.1");
    private static final DeclaredProxies PROXIES =
            DeclaredProxies.of(List.of("10.0.0.4", "10.0.0.5", "2001:db8:f::/64"), name -> List.of());

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void withoutAProxyTheAddressIsThatOfTheConnection() {
        headers.add("X-Forwarded-For", "6.6.6.6")
                .add("Forwarded", "for=6.6.6.6;proto=https")
                .add("X-Forwarded-Proto", "https");
        assertThat(arrival(CLIENT, Source.X_FORWARDED, Source.FORWARDED)).isEqualTo("192.0.2.1");
        assertThat(arrival(PROXY)).as("no header is read").isEqualTo("10.0.0.4");
        assertThat(describe(Arrivals.directly().of(CLIENT, CLIENT, true, headers)))
                .isEqualTo("192.0.2.1 TLS");
        Arrivals noProxyIsDeclared = new Arrivals(DeclaredProxies.none(), Set.of(Source.X_FORWARDED, Source.FORWARDED));
        assertThat(describe(noProxyIsDeclared.of(PROXY, PROXY, false, headers))).isEqualTo("10.0.0.4");
    }

    /** The client's own entries come first; a proxy that appends writes the last entry. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.1",
                "6.6.6.6, 192.0.2.1 | 192.0.2.1",
                "6.6.6.6, 10.0.0.5, 192.0.2.1 | 192.0.2.1",
                "unknown, 192.0.2.1 | 192.0.2.1",
                ", 192.0.2.1 | 192.0.2.1",
                ",,, , 192.0.2.1,, | 192.0.2.1",
                "6.6.6.6, 192.0.2.1, 10.0.0.5 | 192.0.2.1",
                "6.6.6.6, 192.0.2.1, 2001:db8:f::9, 10.0.0.5 | 192.0.2.1",
                "10.0.0.5 | 10.0.0.5",
                "10.0.0.5, 10.0.0.4 | 10.0.0.5",
                "192.0.2.1:4711 | 192.0.2.1",
                "[2001:db8::1]:4711 | 2001:db8::1",
                "2001:db8::1 | 2001:db8::1",
                "\"[2001:db8::1]:4711\" | 2001:db8::1",
                "::ffff:192.0.2.1 | 192.0.2.1",
                "::ffff:10.0.0.5, ::ffff:10.0.0.5 | 10.0.0.5",
                "unknown | 10.0.0.4 for unknown",
                "6.6.6.6, _hidden | 10.0.0.4 for _hidden",
                "6.6.6.6, unknown, 10.0.0.5 | 10.0.0.5 for unknown",
                "/run/client.sock | 10.0.0.4 for /run/client.sock",
                "6.6.6.6 garbage | 10.0.0.4 for 6.6.6.6 garbage"
            })
    void theLastAddressThatIsNotAProxyIsTheClient(String field, String arrival) {
        headers.add("X-Forwarded-For", field);
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo(arrival);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,, ", "\"\"", "\t"})
    void withoutAForwardedAddressTheClientIsTheProxyItself(String field) {
        headers.add("X-Forwarded-For", field);
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("10.0.0.4");
        headers.clear().add("Forwarded", field.replace("\"", ""));
        assertThat(arrival(PROXY, Source.FORWARDED)).isEqualTo("10.0.0.4");
    }

    /** HAProxy's {@code option forwardfor} adds a field and ignores an existing one. */
    @Test
    void aFieldThatAProxyAddsFollowsTheFieldOfTheClient() {
        headers.add("X-Forwarded-For", "6.6.6.6").add("x-forwarded-for", "192.0.2.1");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1");
        headers.clear().add("Forwarded", "for=\"6.6.6.6").add("Forwarded", "for=192.0.2.1");
        assertThat(arrival(PROXY, Source.FORWARDED)).isEqualTo("192.0.2.1");
    }

    @Test
    void aProxyThatIsDeclaredWithAPortIsPassedOverInAHeader() {
        Arrivals arrivals = new Arrivals(
                DeclaredProxies.of(List.of("10.0.0.4:4711", "10.0.0.5:8080"), name -> List.of()),
                EnumSet.of(Source.X_FORWARDED));
        for (String field : List.of("6.6.6.6, 192.0.2.1, 10.0.0.5", "6.6.6.6, 192.0.2.1, 10.0.0.5:49152")) {
            headers.set("X-Forwarded-For", field);
            assertThat(describe(arrivals.of(PROXY, PROXY, false, headers)))
                    .as(field)
                    .isEqualTo("192.0.2.1");
        }
        SocketAddress anotherPort = SocketAddress.inetSocketAddress(8080, "10.0.0.4");
        assertThat(describe(arrivals.of(anotherPort, anotherPort, false, headers)))
                .isEqualTo("10.0.0.4");
    }

    @Test
    void aSchemeWrittenByTheClientIsIgnored() {
        headers.add("X-Forwarded-For", "192.0.2.1").add("X-Forwarded-Proto", "https, http");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1");
        headers.set("X-Forwarded-Proto", "https").add("X-Forwarded-Proto", "http");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1");
        headers.set("X-Forwarded-Proto", "http,HTTPS");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1 TLS");
        assertThat(arrival(CLIENT, Source.X_FORWARDED)).isEqualTo("192.0.2.1");
        headers.set("X-Forwarded-Proto", "").add("X-Forwarded-Ssl", "on").add("X-Forwarded-Port", "443");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1");
        headers.clear().add("Forwarded", "for=6.6.6.6;proto=https, for=192.0.2.1;proto=http, for=10.0.0.5;proto=https");
        assertThat(arrival(PROXY, Source.FORWARDED)).isEqualTo("192.0.2.1");
        headers.set("Forwarded", "for=_hidden;proto=https");
        assertThat(arrival(PROXY, Source.FORWARDED)).isEqualTo("10.0.0.4 for _hidden TLS");
    }

    /** A proxy may use TLS to the service while the client uses plain HTTP. */
    @Test
    void theForwardedSchemeOverridesTheConnectionOfTheProxy() {
        headers.add("X-Forwarded-For", "192.0.2.1").add("X-Forwarded-Proto", "http");
        Arrivals arrivals = new Arrivals(PROXIES, Set.of(Source.X_FORWARDED));
        assertThat(describe(arrivals.of(PROXY, PROXY, true, headers))).isEqualTo("192.0.2.1");
        headers.remove("X-Forwarded-Proto");
        assertThat(describe(arrivals.of(PROXY, PROXY, true, headers))).isEqualTo("192.0.2.1 TLS");
    }

    /** A proxy sets one of the headers, and the client may have written the other. */
    @Test
    void bothHeadersMustAgreeIfBothAreRead() {
        headers.add("X-Forwarded-For", "192.0.2.1")
                .add("X-Forwarded-Proto", "https")
                .add("Forwarded", "for=192.0.2.1;proto=https");
        assertThat(arrival(PROXY, Source.X_FORWARDED, Source.FORWARDED)).isEqualTo("192.0.2.1 TLS");
        headers.set("Forwarded", "for=6.6.6.6;proto=http");
        assertThat(arrival(PROXY, Source.X_FORWARDED, Source.FORWARDED))
                .isEqualTo("10.0.0.4 for different addresses in X-Forwarded-For and Forwarded");
        assertThat(arrival(PROXY, Source.X_FORWARDED)).isEqualTo("192.0.2.1 TLS");
        assertThat(arrival(PROXY, Source.FORWARDED)).isEqualTo("6.6.6.6");
        headers.remove("Forwarded");
        assertThat(arrival(PROXY, Source.X_FORWARDED, Source.FORWARDED)).isEqualTo("192.0.2.1 TLS");
    }

    @Test
    void withTheProxyProtocolADeclaredProxyNamesTheClient() {
        assertThat(byProxyProtocol(PROXY, CLIENT)).isEqualTo("192.0.2.1");
        assertThat(byProxyProtocol(PROXY, PROXY))
                .as("health checks of the proxy itself")
                .isEqualTo("10.0.0.4");
        assertThat(byProxyProtocol(PROXY, SocketAddress.domainSocketAddress("/run/client.sock")))
                .isEqualTo("10.0.0.4 for /run/client.sock");
        assertThat(byProxyProtocol(PROXY, SocketAddress.domainSocketAddress("")))
                .isEqualTo("10.0.0.4 for ");
        assertThat(byProxyProtocol(CLIENT, SocketAddress.inetSocketAddress(1, "6.6.6.6")))
                .as("any client can use the protocol")
                .isEqualTo("192.0.2.1");
        Arrivals withoutProxies = new Arrivals(DeclaredProxies.none(), Set.of(Source.PROXY_PROTOCOL));
        assertThat(describe(withoutProxies.of(PROXY, CLIENT, false, headers))).isEqualTo("192.0.2.1");
    }

    @Test
    void headersAreReadIfTheProxyProtocolNamesAProxy() {
        headers.add("X-Forwarded-For", "6.6.6.6, 192.0.2.1");
        SocketAddress behind = SocketAddress.inetSocketAddress(4711, "10.0.0.5");
        assertThat(byProxyProtocol(PROXY, behind)).isEqualTo("192.0.2.1");
        assertThat(byProxyProtocol(PROXY, CLIENT))
                .as("the headers do not come from a proxy")
                .isEqualTo("192.0.2.1");
        assertThat(byProxyProtocol(CLIENT, behind)).isEqualTo("192.0.2.1");
    }

    @Test
    void aConnectionByALocalSocketComesFromThisMachine() {
        headers.add("X-Forwarded-For", "6.6.6.6");
        SocketAddress socket = SocketAddress.domainSocketAddress("/run/kerbearer.sock");
        Arrivals arrivals =
                new Arrivals(DeclaredProxies.of(List.of("127.0.0.1"), name -> List.of()), EnumSet.allOf(Source.class));
        assertThat(describe(arrivals.of(socket, socket, false, headers)))
                .isEqualTo("127.0.0.1 for /run/kerbearer.sock");
        assertThat(describe(arrivals.of(null, null, true, headers))).isEqualTo("127.0.0.1 for unknown TLS");
        assertThat(describe(arrivals.of(SocketAddress.inetSocketAddress(1, "127.0.0.1"), null, false, headers)))
                .isEqualTo("127.0.0.1 for unknown");
    }

    /** Tokens may travel unencrypted on loopback. A closed connection has no address. */
    @Test
    void aCallIsOnLoopbackOnlyIfAllItsAddressesAre() {
        headers.add("X-Forwarded-For", "127.0.0.1");
        SocketAddress loopback = SocketAddress.inetSocketAddress(4711, "127.0.0.1");
        SocketAddress six = SocketAddress.inetSocketAddress(4711, "::1");
        SocketAddress socket = SocketAddress.domainSocketAddress("/run/kerbearer.sock");
        for (Arrivals arrivals : List.of(
                Arrivals.directly(),
                new Arrivals(PROXIES, EnumSet.allOf(Source.class)),
                new Arrivals(
                        DeclaredProxies.of(List.of("127.0.0.1"), name -> List.of()), EnumSet.allOf(Source.class)))) {
            assertThat(arrivals.of(loopback, loopback, false, headers).onLoopback())
                    .isTrue();
            assertThat(arrivals.of(six, six, false, headers).onLoopback()).isTrue();
            assertThat(arrivals.of(loopback, CLIENT, false, headers).onLoopback())
                    .isFalse();
            assertThat(arrivals.of(CLIENT, loopback, false, headers).onLoopback())
                    .isFalse();
            assertThat(arrivals.of(PROXY, PROXY, true, headers).onLoopback()).isFalse();
            assertThat(arrivals.of(socket, socket, false, headers).onLoopback()).isFalse();
            assertThat(arrivals.of(null, null, false, headers).onLoopback()).isFalse();
            assertThat(arrivals.of(loopback, null, false, headers).onLoopback()).isFalse();
            assertThat(arrivals.of(null, loopback, false, headers).onLoopback()).isFalse();
        }
    }

    /** Every call goes through this code, so it must not throw and must not invent an address. */
    @Test
    void anyForwardedTextGivesTheAddressOfTheProxyOrAWrittenOne() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> parts = List.of(
                "for=",
                "proto=https",
                "192.0.2.1",
                "10.0.0.5",
                "[2001:db8::1]",
                ":4711",
                "\"",
                "\\",
                ",",
                ";",
                "=",
                " ",
                "%",
                "_x",
                "unknown",
                "::",
                ".",
                "\0",
                "\u00ff",
                "by=",
                "x".repeat(10_000));
        Arrivals arrivals = new Arrivals(PROXIES, EnumSet.allOf(Source.class));
        for (int i = 0; i < 20_000; i++) {
            headers.clear();
            for (String name : List.of("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Forwarded")) {
                StringBuilder field = new StringBuilder();
                for (int part = random.nextInt(10); part > 0; part--) {
                    field.append(parts.get(random.nextInt(parts.size())));
                }
                headers.add(name, field.toString());
            }
            CallAddress from = arrivals.of(PROXY, PROXY, false, headers).from();
            assertThat(from.ip().toString())
                    .as("seed %d: %s", seed, headers)
                    .isIn("10.0.0.4", "10.0.0.5", "192.0.2.1", "2001:db8::1", "::", "::c000:201", "::a00:5");
            assertThat(from.forwarded().orElse(""))
                    .as("seed %d: %s", seed, headers)
                    .hasSizeLessThanOrEqualTo(100)
                    .doesNotContain("\0");
        }
    }

    private String arrival(SocketAddress peer, Source... sources) {
        return describe(new Arrivals(PROXIES, Set.of(sources)).of(peer, peer, false, headers));
    }

    private String byProxyProtocol(SocketAddress peer, SocketAddress forwarded) {
        return describe(new Arrivals(PROXIES, Set.of(Source.PROXY_PROTOCOL, Source.X_FORWARDED))
                .of(peer, forwarded, false, headers));
    }

    private static String describe(Arrival arrival) {
        return arrival.from().ip()
                + arrival.from().forwarded().map(name -> " for " + name).orElse("")
                + (arrival.clientUsesTls() ? " TLS" : "");
    }
}
