package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Asks a KDC for a ticket without authenticating the client (RFC 4120 section 3.1). The KDC refuses, and its error
 * (section 5.9.1) shows that it is up, whether it knows the realm, and its time. The nonce of each request is random,
 * because MIT's KDC answers a repeated request with its earlier answer, which contains an old time.
 */
final class KdcProbe {

    private static final int TIMEOUT = 3_000;
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int AS_REQUEST = 10;
    private static final int KRB_ERROR = 0x7e;
    private static final int WRONG_REALM = 68;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter KERBEROS_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private KdcProbe() {}

    /**
     * The answer of the KDC.
     *
     * @param error the error code (RFC 4120 section 7.5.9); empty if it issued a ticket
     * @param time the KDC's clock, which only an error contains
     */
    record Answer(Optional<Integer> error, Optional<Instant> time) {

        boolean knowsRealm() {
            return error.filter(number -> number == WRONG_REALM).isEmpty();
        }
    }

    /**
     * Asks one KDC, over TCP.
     *
     * @throws IOException if it does not answer within seconds, or not as a KDC does
     */
    static Answer ask(Kdcs.Address kdc, String realm) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(kdc.host(), kdc.port()), TIMEOUT);
            socket.setSoTimeout(TIMEOUT);
            byte[] request = request(realm);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.length);
            out.write(request);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            if (length <= 0 || length > LONGEST_ANSWER) {
                throw new IOException("it answers, but not like a KDC");
            }
            return read(in.readNBytes(length));
        }
    }

    private static Answer read(byte[] answer) throws IOException {
        try {
            Der whole = Der.of(answer);
            if (!whole.nextIs(KRB_ERROR)) {
                return new Answer(Optional.empty(), Optional.empty());
            }
            Der error = whole.enter(KRB_ERROR).enter(Der.SEQUENCE);
            for (int member = 0; member < 4; member++) {
                error.skipOptional(Der.context(member));
            }
            String time = new String(error.enter(Der.context(4)).enter(0x18).rest(), StandardCharsets.US_ASCII);
            error.enter(Der.context(5));
            byte[] number = error.enter(Der.context(6)).enter(0x02).rest();
            return new Answer(
                    Optional.of(new BigInteger(number).intValueExact()),
                    Optional.of(LocalDateTime.parse(time, KERBEROS_TIME).toInstant(ZoneOffset.UTC)));
        } catch (MalformedToken | RuntimeException notKerberos) {
            throw new IOException("it answers, but not like a KDC", notKerberos);
        }
    }

    private static byte[] request(String realm) {
        byte[] krbtgt = DerElement.of(
                0x30,
                DerElement.of(0xa0, integer(2)),
                DerElement.of(0xa1, DerElement.of(0x30, text("krbtgt"), text(realm))));
        byte[] nobody = DerElement.of(
                0x30,
                DerElement.of(0xa0, integer(1)),
                DerElement.of(0xa1, DerElement.of(0x30, text("kerbearer-doctor"))));
        byte[] body = DerElement.of(
                0x30,
                DerElement.of(0xa0, DerElement.of(0x03, new byte[5])),
                DerElement.of(0xa1, nobody),
                DerElement.of(0xa2, text(realm)),
                DerElement.of(0xa3, krbtgt),
                DerElement.of(0xa5, DerElement.of(0x18, "20370913024805Z".getBytes(StandardCharsets.US_ASCII))),
                DerElement.of(0xa7, integer(RANDOM.nextInt(1, Integer.MAX_VALUE))),
                DerElement.of(0xa8, DerElement.of(0x30, integer(18), integer(17))));
        return DerElement.of(
                0x6a,
                DerElement.of(
                        0x30,
                        DerElement.of(0xa1, integer(5)),
                        DerElement.of(0xa2, integer(AS_REQUEST)),
                        DerElement.of(0xa4, body)));
    }

    private static byte[] integer(int value) {
        return DerElement.of(0x02, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] text(String value) {
        return DerElement.of(0x1b, value.getBytes(StandardCharsets.UTF_8));
    }
}
