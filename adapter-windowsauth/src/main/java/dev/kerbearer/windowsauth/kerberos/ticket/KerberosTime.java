package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reads KerberosTime of RFC 4120 section 5.2.3: whole seconds in UTC. */
public final class KerberosTime {

    private static final int GENERALIZED_TIME = 0x18;

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssX").withZone(ZoneOffset.UTC);

    private KerberosTime() {}

    /** Reads the next time. */
    public static Instant read(Der holder) throws MalformedToken {
        String written = new String(holder.enter(GENERALIZED_TIME).rest(), StandardCharsets.US_ASCII);
        try {
            return Instant.from(FORM.parse(written));
        } catch (DateTimeException other) {
            throw new MalformedToken("a time has an unknown format");
        }
    }
}
