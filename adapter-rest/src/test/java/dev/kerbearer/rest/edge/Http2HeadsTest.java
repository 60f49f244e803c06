package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Large heads over HTTP/2. Vert.x announces a limit of 8 KiB, in which each field counts with 32 bytes more than its
 * characters (RFC 9113 section 6.5.2). These tests write the frames themselves, because a client would obey the limit.
 */
class Http2HeadsTest {

    private static final Duration AGES = Duration.ofMinutes(5);
    private static final long PLENTY = 64 * 1024 * 1024;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int MANY = 200;
    private static final int OF_A_CONNECTION = 48 * 1024;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 32;
    private static final int LENGTH_OF_PRIORITY = 5;
    private static final int FIRST_STREAM = 1;

    @Test
    void aHeadWithinTheLimitIsAnswered() throws Exception {
        assertThat(answerTo(fields(200))).isEqualTo("200");
    }

    @Test
    void aHeadOfManySmallFieldsIsRefused() throws Exception {
        assertThat(answerTo(fields(250))).isEqualTo("431");
        assertThat(answerTo(fields(2_000))).isEqualTo("431");
    }

    /** The field is sent once. Each repetition is one byte that refers to it (RFC 7541). */
    @Test
    void aHeadThatRepeatsALargeFieldIsRefused() throws Exception {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x40);
        string(block, "a");
        string(block, "x".repeat(100));
        for (int i = 0; i < 2_000; i++) {
            block.write(0x80 | 62);
        }
        assertThat(answerTo(block.toByteArray())).isEqualTo("431");
    }

    @Test
    void aHeadThatGoesOnBeyondTheLimitEndsTheConnection() throws Exception {
        assertThat(answerTo(fields(3_500))).isEqualTo("gone away");
    }

    @Test
    void unfinishedHeadsHoldLittle() throws Exception {
        try (EdgeServer server = new EdgeServer(2 * MANY, AGES, PLENTY)) {
            long before = liveBytes();
            List<Socket> unfinished = new ArrayList<>();
            byte[] block = block(fields(2_400));
            try {
                for (int i = 0; i < MANY; i++) {
                    unfinished.add(sent(server, frame(Http2FrameTypes.HEADERS, END_STREAM, block)));
                }
                server.awaitHeld((long) MANY * block.length);
                assertThat(liveBytes() - before).isLessThan(MANY * OF_A_CONNECTION);
                assertThat(server.routed).isEmpty();
            } finally {
                for (Socket one : unfinished) {
                    one.close();
                }
            }
            server.awaitNothingHeld();
        }
    }

    private static String answerTo(byte[] fields) throws Exception {
        try (EdgeServer server = new EdgeServer(100, AGES, PLENTY);
                Socket socket = sent(server, frame(Http2FrameTypes.HEADERS, END_STREAM | END_HEADERS, block(fields)))) {
            return statusOf(socket);
        }
    }

    private static Socket sent(EdgeServer server, byte[] frame) throws IOException {
        Socket socket = server.send(PREFACE);
        socket.getOutputStream().write(frame(Http2FrameTypes.SETTINGS, 0, new byte[0]));
        socket.getOutputStream().write(frame);
        return socket;
    }

    private static byte[] fields(int number) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (int i = 0; i < number; i++) {
            fields.write(0);
            string(fields, "a");
            string(fields, "");
        }
        return fields.toByteArray();
    }

    /** Returns the header block of a request with those fields. */
    private static byte[] block(byte[] fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x80 | 2); // GET
        block.write(0x80 | 6); // http
        block.write(4); // the path
        string(block, AllFaces.IS_AUTH_SERVER);
        block.write(1); // the authority
        string(block, "localhost");
        block.writeBytes(fields);
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        assertThat(text.length()).isLessThan(127);
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(byte type, int flags, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(new byte[] {0, 0, 0, (byte) (type == Http2FrameTypes.SETTINGS ? 0 : FIRST_STREAM)});
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Returns the status of the answer, or a note that the server ended the connection. */
    private static String statusOf(Socket socket) throws Exception {
        DataInputStream frames = new DataInputStream(socket.getInputStream());
        while (true) {
            int length = frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
            int type = frames.readUnsignedByte();
            boolean hasPriority = (frames.readUnsignedByte() & PRIORITY) != 0;
            frames.readInt();
            byte[] payload = frames.readNBytes(length);
            if (type == Http2FrameTypes.GO_AWAY) {
                return "gone away";
            }
            if (type == Http2FrameTypes.HEADERS) {
                int start = hasPriority ? LENGTH_OF_PRIORITY : 0;
                return new DefaultHttp2HeadersDecoder()
                        .decodeHeaders(FIRST_STREAM, Unpooled.wrappedBuffer(payload, start, length - start))
                        .status()
                        .toString();
            }
        }
    }

    private static long liveBytes() {
        System.gc();
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }
}
