package dev.kerbearer.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 request over a socket, sent byte for byte as the test wrote it. It shows what HTTP clients hide, such as
 * the reason phrase.
 */
final class RawHttp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final List<String> headers = new ArrayList<>();
    private String requestLine = "";
    private byte[] body = {};

    private RawHttp(int port) {
        this.port = port;
    }

    static RawHttp get(int port, String path) {
        return new RawHttp(port).request("GET", path);
    }

    static RawHttp post(int port, String path) {
        return new RawHttp(port).request("POST", path);
    }

    RawHttp request(String method, String path) {
        requestLine = method + " " + path + " HTTP/1.1";
        return this;
    }

    RawHttp header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    RawHttp body(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp body(String contentType, byte[] bytes) {
        body = bytes;
        if (!contentType.isEmpty()) {
            header("Content-Type", contentType);
        }
        return this;
    }

    RawHttp json(String text) {
        return body("application/json", text);
    }

    Answer send() {
        header("Connection", "close");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(bytes());
                socket.getOutputStream().flush();
            } catch (IOException refusedBeforeTheEnd) {
                // A server may answer and close before it has read everything. Only the answer matters.
                return Answer.of(socket.getInputStream().readAllBytes());
            }
            return Answer.of(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the whole request as sent, and records the secrets in it. */
    byte[] bytes() {
        header("Host", "localhost");
        boolean chunked = headers.contains("Transfer-Encoding: chunked");
        if (!chunked && (body.length > 0 || requestLine.startsWith("POST"))) {
            header("Content-Length", String.valueOf(body.length));
        }
        SeenSecrets.requestLine(requestLine);
        headers.stream()
                .filter(line -> line.startsWith("Authorization: "))
                .forEach(line -> SeenSecrets.authorization(line.substring("Authorization:".length())));
        rememberSecrets(new String(body, StandardCharsets.UTF_8));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(chunked ? inChunks(body) : body);
        return request.toByteArray();
    }

    private static void rememberSecrets(String body) {
        if (!body.startsWith("{")) {
            SeenSecrets.form(body);
            return;
        }
        try {
            SeenSecrets.json(JSON.readTree(body));
        } catch (IOException malformed) {
            // Malformed on purpose, or cut off by the end of a node; a truncated token is no token.
            return;
        }
    }

    private static byte[] inChunks(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += 8192) {
            byte[] chunk = Arrays.copyOfRange(body, at, Math.min(at + 8192, body.length));
            chunks.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(chunk);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    /** The response. */
    record Answer(int status, String phrase, List<String> headerLines, String body) {

        static Answer of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int endOfHead = text.indexOf("\r\n\r\n");
            if (endOfHead < 0) {
                throw new AssertionError("no answer: \"" + text + "\"");
            }
            List<String> head = List.of(text.substring(0, endOfHead).split("\r\n"));
            String[] statusLine = head.get(0).split(" ", 3);
            Answer answer = new Answer(
                    Integer.parseInt(statusLine[1]),
                    statusLine.length > 2 ? statusLine[2] : "",
                    head.subList(1, head.size()),
                    text.substring(endOfHead + 4));
            answer.rememberSecrets();
            return answer;
        }

        private void rememberSecrets() {
            headers("WWW-Authenticate").forEach(SeenSecrets::authorization);
            RawHttp.rememberSecrets(body);
        }

        /** Returns every value of a header, in order. */
        List<String> headers(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        String error() {
            return json().path("error").asText();
        }

        String description() {
            return json().path("error_description").asText();
        }

        String accessToken() {
            return json().path("access_token").asText();
        }
    }
}
