package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads KerberosTime of RFC 4120 section 5.2.3: whole seconds in UTC, written {@code YYYYMMDDhhmmssZ}. */
public final class KerberosTime {

    private static final int GENERALIZED_TIME = 0x18;
    private static final int LENGTH = 15;

    private KerberosTime() {}

    /** Reads the next time. It uses no formatter, because each ticket has several times and each sign-in reads them. */
    public static Instant read(Der holder) throws MalformedToken {
        byte[] written = holder.enter(GENERALIZED_TIME).rest();
        if (written.length != LENGTH || written[LENGTH - 1] != 'Z') {
            throw unknown();
        }
        try {
            return LocalDateTime.of(
                            number(written, 0, 4),
                            number(written, 4, 6),
                            number(written, 6, 8),
                            number(written, 8, 10),
                            number(written, 10, 12),
                            number(written, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException other) {
            throw unknown();
        }
    }

    private static int number(byte[] written, int from, int to) throws MalformedToken {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = written[i] - '0';
            if (digit < 0 || digit > 9) {
                throw unknown();
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static MalformedToken unknown() {
        return new MalformedToken("a time has an unknown format");
    }
}
