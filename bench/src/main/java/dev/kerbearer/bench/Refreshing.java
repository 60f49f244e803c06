package dev.kerbearer.bench;

import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Refreshes grants one after another, and later again with their new refresh tokens. */
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

    /** Keeps the token, because a busy node has not looked at it and it is still valid. */
    @Override
    public void refused(byte[] request) {
        tokens.add(Wire.refreshToken(new String(request, StandardCharsets.US_ASCII)));
    }
}
