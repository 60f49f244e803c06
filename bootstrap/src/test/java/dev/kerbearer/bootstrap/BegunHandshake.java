package dev.kerbearer.bootstrap;

import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection with an unfinished NTLM handshake: the client has its challenge and has not answered it. */
final class BegunHandshake implements AutoCloseable {

    private static final Pattern CHALLENGE = Pattern.compile("(?i)\r\nwww-authenticate: NTLM (\\S+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Socket socket;
    private final NtlmClient client;
    private final byte[] challenge;

    private BegunHandshake(Socket socket, NtlmClient client, byte[] challenge) {
        this.socket = socket;
        this.client = client;
        this.challenge = challenge;
    }

    /** Begins a handshake from that address of this machine. */
    static BegunHandshake from(String address, int port) throws IOException {
        return from(address, port, NtlmClient.of("WORKGROUP", "alice", Practice.PASSWORD));
    }

    /** Begins a handshake from that address as that client. */
    static BegunHandshake from(String address, int port, NtlmClient client) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.setSoTimeout(60_000);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
        String answer = asked(socket, client.negotiate());
        Matcher challenge = CHALLENGE.matcher(answer);
        if (!challenge.find()) {
            throw new AssertionError("no challenge: " + answer);
        }
        return new BegunHandshake(socket, client, Base64.getDecoder().decode(challenge.group(1)));
    }

    /** Answers the challenge. Returns the response from the status on. */
    String completed() throws IOException {
        return asked(socket, client.authenticate(challenge)).substring("HTTP/1.1 ".length());
    }

    private static String asked(Socket socket, byte[] message) throws IOException {
        String request = "POST " + Practice.AUTHORIZE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: NTLM "
                + Base64.getEncoder().encodeToString(message)
                + "\r\nContent-Type: application/json\r\nContent-Length: " + Practice.REQUEST.length() + "\r\n\r\n"
                + Practice.REQUEST;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return answer(socket.getInputStream());
    }

    private static String answer(InputStream from) throws IOException {
        byte[] buffer = new byte[8192];
        StringBuilder answer = new StringBuilder();
        while (!isWhole(answer)) {
            int read = from.read(buffer);
            if (read < 0) {
                throw new AssertionError("ended in the middle of an answer: " + answer);
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }

    private static boolean isWhole(StringBuilder answer) {
        int endOfHead = answer.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(answer);
        return endOfHead > 0 && length.find() && answer.length() == endOfHead + 4 + Integer.parseInt(length.group(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
