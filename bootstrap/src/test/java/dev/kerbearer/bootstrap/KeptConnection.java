package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A connection that is kept for several requests, as clients with a connection pool do. */
final class KeptConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

    private final Socket socket;

    private KeptConnection(Socket socket) {
        this.socket = socket;
    }

    static KeptConnection to(int port) throws IOException {
        return new KeptConnection(connected(port));
    }

    /** Connects under TLS to the server of that name. */
    static KeptConnection to(int port, SSLContext tls, String host) throws IOException {
        return new KeptConnection(tls.getSocketFactory().createSocket(connected(port), host, port, true));
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /**
     * Returns the whole answer, or empty if the connection ended before the first byte of it.
     *
     * @throws AssertionError if the connection ended in the middle of an answer
     */
    Optional<Answer> ask(RawHttp request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(request.bytes());
            InputStream answered = socket.getInputStream();
            while (!isWhole(answer)) {
                int next = answered.read();
                if (next < 0) {
                    break;
                }
                answer.write(next);
            }
        } catch (IOException cutOff) {
            if (answer.size() > 0) {
                throw new AssertionError("cut off in the middle of an answer: " + answer, cutOff);
            }
        }
        if (answer.size() == 0) {
            return Optional.empty();
        }
        if (!isWhole(answer)) {
            throw new AssertionError("ended in the middle of an answer: " + answer);
        }
        return Optional.of(Answer.of(answer.toByteArray()));
    }

    private static boolean isWhole(ByteArrayOutputStream answer) {
        String text = answer.toString(StandardCharsets.ISO_8859_1);
        int endOfHead = text.indexOf("\r\n\r\n");
        if (endOfHead < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, endOfHead).toLowerCase(Locale.ROOT));
        return length.find() && text.length() == endOfHead + 4 + Integer.parseInt(length.group(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
