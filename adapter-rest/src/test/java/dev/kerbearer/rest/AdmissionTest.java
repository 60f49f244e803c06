package dev.kerbearer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.Admission.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a Vert.x of its own, whose calls are answered when the test says so. */
class AdmissionTest {

    private static final Patience LONG = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final Patience SHORT = new Patience(Duration.ofMillis(1), Duration.ofMillis(1));
    private static final int TURNS = 500;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<RoutingContext> inside = new LinkedBlockingQueue<>();
    private Admission admission = new Admission(1, LONG);
    private int port;

    private void serve(int atOnce, Patience patience) {
        admission = new Admission(atOnce, patience);
        Router router = Router.router(vertx);
        router.route().handler(admission::handle);
        router.route().handler(inside::add);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallThatFindsNoPlaceWaitsForOne() throws Exception {
        serve(1, LONG);
        try (Socket first = call();
                Socket second = call()) {
            RoutingContext one = entered();
            awaitWaiting(1);
            assertThat(inside).isEmpty();
            answer(one);
            answer(entered());
            assertThat(statusOf(first)).isEqualTo("200");
            assertThat(statusOf(second)).isEqualTo("200");
        }
    }

    @Test
    void aCallThatHasWaitedForLongEnoughIsRefused() throws Exception {
        serve(1, SHORT);
        try (Socket first = call()) {
            RoutingContext one = entered();
            try (Socket second = call()) {
                assertThat(statusOf(second)).isEqualTo("503");
            }
            assertThat(inside).isEmpty();
            answer(one);
            assertThat(statusOf(first)).isEqualTo("200");
        }
        assertThatOneMoreIsAnswered();
    }

    @Test
    void onceOneWasRefusedTheNextWaitForLess() throws Exception {
        serve(1, new Patience(Duration.ofSeconds(8), Duration.ofMillis(1)));
        try (Socket first = call()) {
            RoutingContext one = entered();
            try (Socket waited = call()) {
                awaitWaiting(1);
                TimeUnit.SECONDS.sleep(4);
                try (Socket inBurst = call()) {
                    awaitWaiting(2);
                    assertThat(statusOf(waited)).isEqualTo("503");
                    try (Socket inOverload = call()) {
                        assertThat(statusOf(inOverload)).isEqualTo("503");
                    }
                    awaitWaiting(1);
                    answer(one);
                    assertThat(statusOf(first)).isEqualTo("200");
                    answer(entered());
                    assertThat(statusOf(inBurst)).isEqualTo("200");
                }
            }
        }
    }

    @Test
    void aClientThatGoesWhileItWaitsTakesNobodysPlace() throws Exception {
        serve(1, LONG);
        try (Socket first = call()) {
            RoutingContext one = entered();
            Socket gone = call();
            awaitWaiting(1);
            gone.close();
            awaitWaiting(0);
            answer(one);
            assertThat(statusOf(first)).isEqualTo("200");
        }
        assertThatOneMoreIsAnswered();
    }

    @Test
    void aClientThatGoesWhileItIsWorkedForGivesItsPlaceBack() throws Exception {
        serve(1, LONG);
        Socket first = call();
        entered();
        first.close();
        assertThatOneMoreIsAnswered();
    }

    private void assertThatOneMoreIsAnswered() throws Exception {
        try (Socket next = call()) {
            answer(entered());
            assertThat(statusOf(next)).isEqualTo("200");
        }
    }

    private Socket call() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET " + WirePaths.VERIFY + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private RoutingContext entered() throws InterruptedException {
        RoutingContext call = inside.poll(30, TimeUnit.SECONDS);
        assertThat(call).as("a call that was let in").isNotNull();
        return call;
    }

    private static void answer(RoutingContext call) {
        call.vertx().runOnContext(turn -> call.response().end());
    }

    private static String statusOf(Socket socket) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return answer.split(" ", 3)[1];
    }

    private void awaitWaiting(int calls) throws InterruptedException {
        for (int turn = 0; turn < TURNS && admission.waiting() != calls; turn++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(admission.waiting()).isEqualTo(calls);
    }
}
