package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.der.DerElement;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A KDC that answers a repeated request with its earlier answer, as MIT's KDC does for two minutes. */
final class RepeatingKdc implements AutoCloseable {

    private static final int PREAUTHENTICATION_NEEDED = 25;
    private static final DateTimeFormatter KERBEROS_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, byte[]> answers = new HashMap<>();
    private Instant clock = Instant.now();
    private int requests;
    private boolean silent;

    RepeatingKdc() throws IOException {
        Thread server = new Thread(this::serve, "kdc");
        server.setDaemon(true);
        server.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    synchronized void setClock(Instant now) {
        clock = now;
    }

    synchronized int requests() {
        return requests;
    }

    /** From now on, closes connections without an answer. */
    synchronized void answerNothing() {
        silent = true;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readInt()));
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeInt(answer.length);
                out.write(answer);
            } catch (IOException gone) {
                // The test has ended, or a client has left.
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private synchronized byte[] answer(byte[] request) throws IOException {
        requests++;
        if (silent) {
            throw new IOException("silent");
        }
        return answers.computeIfAbsent(HexFormat.of().formatHex(request), key -> error());
    }

    private byte[] error() {
        byte[] time = KERBEROS_TIME.format(clock.atOffset(ZoneOffset.UTC)).getBytes(StandardCharsets.US_ASCII);
        return DerElement.of(
                0x7e,
                DerElement.of(
                        0x30,
                        DerElement.of(0xa0, integer(5)),
                        DerElement.of(0xa1, integer(30)),
                        DerElement.of(0xa4, DerElement.of(0x18, time)),
                        DerElement.of(0xa5, integer(0)),
                        DerElement.of(0xa6, integer(PREAUTHENTICATION_NEEDED))));
    }

    private static byte[] integer(int value) {
        return DerElement.of(0x02, new byte[] {(byte) value});
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
