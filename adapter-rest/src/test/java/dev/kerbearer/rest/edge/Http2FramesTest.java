package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames of HTTP/2 as only a client of its own sends them: for streams that are closed, and cut anywhere. */
class Http2FramesTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final Duration LONGER = AGES.plusSeconds(1);
    private static final long PLENTY = 64 * 1024 * 1024;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int UNKNOWN = 0x42;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    @Test
    void dataForAStreamThatIsClosedIsNotUnfinished() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = afterARequest(server)) {
            for (int i = 0; i < 3; i++) {
                send(socket, frame(DATA, 0, 1, new byte[1_000]));
                awaitFrame(socket, 3);
                server.awaitNothingHeld();
            }
            server.passes(LONGER);
            assertThatItWorks(socket, 3);
        }
    }

    @Test
    void aFrameThatIsNotCompleteIsUnfinishedThoughCompleteOnesComeBefore() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = afterARequest(server)) {
            byte[] second = frame(UNKNOWN, 0, 0, new byte[2_000]);
            send(socket, frame(UNKNOWN, 0, 0, new byte[1_000]), Arrays.copyOf(second, 500));
            server.awaitHeld(500);
            assertThat(server.connections.unfinished().held()).isEqualTo(500);
            send(socket, Arrays.copyOfRange(second, 500, second.length));
            server.awaitNothingHeld();
            assertThatItWorks(socket, 3);
        }
    }

    @Test
    void aHeaderBlockThatIsNotCompleteIsUnfinishedThoughItsFrameIs() throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = afterARequest(server)) {
            send(socket, frame(HEADERS, END_STREAM, 3, request()));
            server.awaitHeld(9 + request().length);
            server.passes(LONGER);
            EdgeServer.untilClosed(socket);
            server.awaitNothingHeld();
        }
    }

    private static Socket afterARequest(EdgeServer server) throws IOException {
        Socket socket = server.connect();
        socket.setTcpNoDelay(true);
        send(
                socket,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                frame(SETTINGS, 0, 0, new byte[0]));
        assertThatItWorks(socket, 1);
        return socket;
    }

    private static void assertThatItWorks(Socket socket, int stream) throws IOException {
        send(socket, frame(HEADERS, END_STREAM | END_HEADERS, stream, request()));
        awaitFrame(socket, DATA);
        send(socket, frame(PING, 0, 0, new byte[8]));
        awaitFrame(socket, PING);
    }

    /** GET of a path, in HPACK (RFC 7541): indexed fields, and the path as a literal. */
    private static byte[] request() {
        byte[] path = AllFaces.IS_AUTH_SERVER.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length});
        block.writeBytes(path);
        block.writeBytes(new byte[] {0x01, 9});
        block.writeBytes("localhost".getBytes(StandardCharsets.US_ASCII));
        return block.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(
                new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags});
        frame.writeBytes(new byte[] {0, 0, 0, (byte) stream});
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static void send(Socket socket, byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        socket.getOutputStream().write(all.toByteArray());
    }

    /** Reads until a frame of that type has come. */
    private static void awaitFrame(Socket socket, int type) throws IOException {
        DataInputStream frames = new DataInputStream(socket.getInputStream());
        int came;
        do {
            int lengthAndType = frames.readInt();
            came = lengthAndType & 0xff;
            frames.readNBytes(5 + (lengthAndType >>> 8));
        } while (came != type);
    }
}
