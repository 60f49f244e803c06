package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A client with one grant. It refreshes without a pause, and presents the same token again if an answer was lost. */
final class RefreshingClient implements Runnable {

    private final IntSupplier port;
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger recovered = new AtomicInteger();
    private final AtomicInteger away = new AtomicInteger();
    private volatile Answer held;
    private volatile String refused = "";
    private volatile boolean goOn = true;
    private boolean isOwedAnAnswer;

    /**
     * Starts with a grant.
     *
     * @param port returns the port on which Kerbearer listens now
     * @param issued the answer with the grant
     */
    RefreshingClient(IntSupplier port, Answer issued) {
        this.port = port;
        this.held = issued;
    }

    @Override
    public void run() {
        while (goOn && refused.isEmpty()) {
            refresh();
        }
    }

    /** Presents its current refresh token once. */
    void refresh() {
        try {
            answered(RawHttp.post(port.getAsInt(), Practice.TOKEN)
                    .json("{\"client_id\":\"sample-client\",\"refresh_token\":\""
                            + held.json().path("refresh_token").asText() + "\"}")
                    .send());
        } catch (UncheckedIOException | AssertionError cutOff) {
            if (cutOff.getCause() instanceof ConnectException) {
                away.incrementAndGet();
            } else {
                lost();
            }
            pause();
        }
    }

    private void answered(Answer answer) {
        if (!answer.body().endsWith("}")) {
            lost();
        } else if (answer.status() == 200) {
            held = answer;
            refreshes.incrementAndGet();
            if (isOwedAnAnswer) {
                recovered.incrementAndGet();
                isOwedAnAnswer = false;
            }
        } else if (answer.status() == 503) {
            away.incrementAndGet();
            pause();
        } else {
            refused = answer.toString();
        }
    }

    private void lost() {
        lostAnswers.incrementAndGet();
        isOwedAnAnswer = true;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        goOn = false;
    }

    /** Returns its current access token. */
    String accessToken() {
        return held.accessToken();
    }

    /** Returns the answer that rejected its grant; empty if it still has one. */
    String refused() {
        return refused;
    }

    int refreshes() {
        return refreshes.get();
    }

    /** Returns how often a connection broke after the request was sent, possibly several times for one token. */
    int lostAnswers() {
        return lostAnswers.get();
    }

    /** Returns how often it got a pair after a lost answer. */
    int recovered() {
        return recovered.get();
    }

    /** Returns how often nothing listened, or the answer was 503. */
    int away() {
        return away.get();
    }
}
