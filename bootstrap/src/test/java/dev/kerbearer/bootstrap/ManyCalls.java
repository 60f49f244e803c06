package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Calls that are all sent before an answer is read, each on its own connection. */
final class ManyCalls implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();

    private ManyCalls() {}

    static ManyCalls send(int port, List<RawHttp> calls) throws IOException {
        List<byte[]> requests = calls.stream()
                .map(call -> call.header("Connection", "close").bytes())
                .toList();
        ManyCalls many = new ManyCalls();
        for (byte[] request : requests) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            many.sockets.add(socket);
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request);
        }
        return many;
    }

    /** Waits for all answers, and returns them in the order of the calls. */
    List<Answer> answers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (Socket socket : sockets) {
            answers.add(Answer.of(socket.getInputStream().readAllBytes()));
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
