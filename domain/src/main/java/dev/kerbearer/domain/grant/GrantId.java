package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.secret.SecretSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * The id of a grant in the database and the audit log. It is not a credential.
 *
 * @param value a UUID of version 7 (RFC 9562 section 5.7). It begins with the time of issue, so that new grants are
 *     close together in an index.
 */
public record GrantId(UUID value) {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** Draws a new id for the given time. */
    static GrantId draw(Instant at, SecretSource random) {
        byte[] bytes = new byte[2 * Long.BYTES];
        random.fill(bytes);
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        long high = (at.toEpochMilli() << 16) | VERSION_7 | (bits.getLong() & 0x0fffL);
        long low = VARIANT | (bits.getLong() & 0x3fff_ffff_ffff_ffffL);
        return new GrantId(new UUID(high, low));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
