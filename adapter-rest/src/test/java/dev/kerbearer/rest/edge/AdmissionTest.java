package dev.kerbearer.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.face.AllFaces;
import dev.kerbearer.rest.edge.queue.CallKind;
import dev.kerbearer.rest.edge.queue.CallQueue;
import dev.kerbearer.rest.edge.queue.QueueMetrics;
import dev.kerbearer.rest.edge.queue.QueuePolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on its own Vert.x instance. The test decides when each call is answered. */
class AdmissionTest {

    private static final int TURNS = 500;
    private static final String CHECK = "GET " + AllFaces.VERIFY + " HTTP/1.1\r\n";
    private static final String CHANGE = "GET " + AllFaces.REVOKE + " HTTP/1.1\r\n";
    private static final String SIGN_IN = "GET " + AllFaces.AUTHORIZE_INTEGRATED + " HTTP/1.1\r\n";
    private static final String PASSWORD_SIGN_IN = SIGN_IN + "Authorization: NTLM TlR\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<RoutingContext> inside = new LinkedBlockingQueue<>();
    private final AtomicLong nanoTime = new AtomicLong();
    private Admission admission = admission(1);
    private int port;

    private Admission admission(int atOnce) {
        return new Admission(
                AllFaces.FACES,
                atOnce,
                header -> header.startsWith("NTLM"),
                new QueueMetrics(new SimpleMeterRegistry()),
                nanoTime::get);
    }

    private void serve(int atOnce) {
        admission = admission(atOnce);
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
        serve(1);
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
    void aCallThatWaitsTooLongIsRefused() throws Exception {
        serve(1);
        try (Socket first = call()) {
            RoutingContext one = entered();
            try (Socket second = call()) {
                awaitWaiting(1);
                nanoTime.addAndGet(QueuePolicy.BURST_WAIT);
                assertThat(statusOf(second)).isEqualTo("503");
            }
            assertThat(inside).isEmpty();
            answer(one);
            assertThat(statusOf(first)).isEqualTo("200");
        }
        assertThatOneMoreIsAnswered();
    }

    @Test
    void aPasswordSignInTakesNoPlaceFromOtherCalls() throws Exception {
        serve(1);
        try (Socket signIn = passwordSignIn();
                Socket another = passwordSignIn()) {
            RoutingContext hanging = entered();
            awaitWaiting(1);
            assertThatOneMoreIsAnswered();
            answer(hanging);
            answer(entered());
            assertThat(statusOf(signIn)).isEqualTo("200");
            assertThat(statusOf(another)).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGN_IN, PASSWORD_SIGN_IN, CHECK, CHANGE})
    void anAbandonedCallKeepsItsPlaceUntilItsWorkEnds(String head) throws Exception {
        serve(1);
        RoutingContext gone =
                abandoned(head, context -> assertThat(WorkOnCall.begin(context)).isTrue());
        try (Socket next = call(head)) {
            awaitWaiting(1);
            assertThat(inside).isEmpty();
            WorkOnCall.end(gone);
            answer(entered());
            assertThat(statusOf(next)).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGN_IN, PASSWORD_SIGN_IN, CHECK, CHANGE})
    void anAbandonedCallKeepsItsPlaceForALimitedTimeIfItsWorkNeverEnds(String head) throws Exception {
        serve(1);
        RoutingContext gone =
                abandoned(head, context -> assertThat(WorkOnCall.begin(context)).isTrue());
        try (Socket next = call(head)) {
            awaitWaiting(1);
            assertThat(inside).isEmpty();
            nanoTime.addAndGet(CallQueue.GONE);
            RoutingContext one = entered();
            try (Socket third = call(head)) {
                awaitWaiting(1);
                WorkOnCall.end(gone);
                assertThat(inside).as("a place is freed only once").isEmpty();
                answer(one);
                answer(entered());
                assertThat(statusOf(next)).isEqualTo("200");
                assertThat(statusOf(third)).isEqualTo("200");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGN_IN, PASSWORD_SIGN_IN, CHECK, CHANGE})
    void aCallAbandonedAfterItsWorkFreesItsPlaceAtOnceAndDoesNoMoreWork(String head) throws Exception {
        serve(1);
        for (int i = 0; i < 12; i++) {
            RoutingContext gone = abandoned(head, context -> {
                assertThat(WorkOnCall.begin(context)).isTrue();
                WorkOnCall.end(context);
            });
            assertThat(WorkOnCall.begin(gone)).isFalse();
        }
        assertThatOneMoreIsAnswered(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGN_IN, PASSWORD_SIGN_IN, CHECK, CHANGE})
    void aCallAbandonedBeforeItsWorkFreesItsPlaceAtOnce(String head) throws Exception {
        serve(1);
        for (int i = 0; i < 12; i++) {
            RoutingContext gone = abandoned(head, context -> {});
            assertThat(new WorkFilters().begins(gone))
                    .as("an answer instead of work")
                    .isNotNull();
            new WorkFilters().ends(gone);
        }
        assertThatOneMoreIsAnswered(head);
    }

    @Test
    void theFiltersOfResourcesMarkTheirWork() throws Exception {
        serve(1);
        RoutingContext gone = abandoned(
                CHECK, context -> assertThat(new WorkFilters().begins(context)).isNull());
        try (Socket next = call(CHECK)) {
            awaitWaiting(1);
            new WorkFilters().ends(gone);
            answer(entered());
            assertThat(statusOf(next)).isEqualTo("200");
        }
    }

    /** Sends a call and closes its connection after the call got a place. */
    private RoutingContext abandoned(String head, Consumer<RoutingContext> before) throws Exception {
        Socket socket = call(head);
        RoutingContext gone = entered();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        before.accept(gone);
        // End handlers run in reverse order. The next turn of the event loop runs after the place is freed.
        gone.addEndHandler(end -> gone.vertx().runOnContext(turn -> ended.complete(null)));
        socket.close();
        ended.get(30, TimeUnit.SECONDS);
        return gone;
    }

    @Test
    void aClientThatDisconnectsWhileItWaitsTakesNoPlace() throws Exception {
        serve(1);
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
    void aClientThatDisconnectsDuringItsCallFreesItsPlace() throws Exception {
        serve(1);
        Socket first = call();
        entered();
        first.close();
        assertThatOneMoreIsAnswered();
    }

    private void assertThatOneMoreIsAnswered() throws Exception {
        assertThatOneMoreIsAnswered(CHECK);
    }

    private void assertThatOneMoreIsAnswered(String head) throws Exception {
        try (Socket next = call(head)) {
            answer(entered());
            assertThat(statusOf(next)).isEqualTo("200");
        }
    }

    private Socket call() throws IOException {
        return call(CHECK);
    }

    private Socket passwordSignIn() throws IOException {
        return call(PASSWORD_SIGN_IN);
    }

    private Socket call(String head) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write((head + "Host: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
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

    @ParameterizedTest
    @CsvSource({
        "/vedauth/authorize/integrated, , SIGN_IN",
        "/vedauth/authorize/integrated, Negotiate YII, SIGN_IN",
        "/vedauth/authorize/integrated, NTLM TlR, PASSWORD_SIGN_IN",
        "/vedauth/revoke/token, NTLM TlR, CHANGE",
        "/vedauth/authorize/verify, NTLM TlR, CHECK"
    })
    void anNtlmSignInIsAPasswordSignIn(String path, String authorization, CallKind kind) {
        assertThat(admission(1).kindOf(path, authorization)).isEqualTo(kind);
    }
}
