package dev.kerbearer.windowsauth.pac;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Windows file time ([MS-DTYP] section 2.3.3): units of 100 nanoseconds since 1601. */
final class FileTime {

    private static final Instant BEGINNING = Instant.parse("1601-01-01T00:00:00Z");
    private static final long TICKS = 10_000_000;

    private FileTime() {}

    /** Reads a time; empty if the value means never. */
    static Optional<Instant> read(ByteBuffer bytes) {
        long ticks = bytes.getLong();
        return ticks <= 0 || ticks == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(BEGINNING.plusSeconds(ticks / TICKS).plusNanos(ticks % TICKS * 100));
    }
}
