package dev.kerbearer.bench;

import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Grants that are refreshed one after another, and again with what came of it. */
final class Refreshing implements Load.Requests, Load.Answers {

    private final Queue<String> tokens;

    Refreshing(Queue<String> tokens) {
        this.tokens = tokens;
    }

    @Override
    public byte[] next() {
        return Wire.refresh(tokens.remove());
    }

    @Override
    public void take(int status, String answer) {
        if (status == 200) {
            tokens.add(Wire.refreshToken(answer));
        }
    }

    /** A node that is busy has not looked at the token, which is as good as before. */
    @Override
    public void refused(byte[] request) {
        tokens.add(Wire.refreshToken(new String(request, StandardCharsets.US_ASCII)));
    }
}
