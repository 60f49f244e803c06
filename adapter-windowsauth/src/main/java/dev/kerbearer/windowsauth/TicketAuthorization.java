package dev.kerbearer.windowsauth;

import com.sun.security.jgss.AuthorizationDataEntry;
import com.sun.security.jgss.ExtendedGSSContext;
import com.sun.security.jgss.InquireType;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.pac.MalformedPac;
import dev.kerbearer.windowsauth.pac.Pac;
import dev.kerbearer.windowsauth.pac.ServiceKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the ticket of an accepted context says of its client. Where that is nothing, or nothing that can be
 * believed, the directory is asked instead; so it is no reason to refuse anybody.
 */
final class TicketAuthorization {

    private static final Logger LOG = Logger.getLogger(TicketAuthorization.class);

    /** [MS-KILE] section 3.3.5.6.4.6. */
    private static final int WIN2K_PAC = 128;

    private static final DateTimeFormatter KERBEROS_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    private TicketAuthorization() {}

    /**
     * What the ticket says.
     *
     * @param keytab which holds the service's keys
     */
    static Optional<AuthorizationData> of(GSSContext context, KeyTab keytab, Principal service, Principal client) {
        if (!(context instanceof ExtendedGSSContext kerberos)) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> pac =
                    pacIn((AuthorizationDataEntry[]) kerberos.inquireSecContext(InquireType.KRB5_GET_AUTHZ_DATA));
            return pac.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Pac.read(pac.get())
                            .verified(keysOf(service, keytab), nameInPac(client), authenticatedAt(kerberos)));
        } catch (GSSException none) {
            return Optional.empty();
        } catch (MalformedPac | MalformedToken | DateTimeException unbelievable) {
            LOG.warnf("What the ticket of %s says of groups is not believed: %s", client, unbelievable.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> pacIn(AuthorizationDataEntry @Nullable [] entries) throws MalformedToken {
        if (entries == null) {
            return Optional.empty();
        }
        for (AuthorizationDataEntry entry : entries) {
            if (entry.getType() == AuthorizationElements.IF_RELEVANT) {
                Optional<byte[]> pac = pacIn(entry.getData());
                if (pac.isPresent()) {
                    return pac;
                }
            }
        }
        return Optional.empty();
    }

    static Optional<byte[]> pacIn(byte[] relevant) throws MalformedToken {
        return AuthorizationElements.ofType(WIN2K_PAC, relevant).stream().findFirst();
    }

    private static List<ServiceKey> keysOf(Principal service, KeyTab keytab) {
        KerberosPrincipal principal = new KerberosPrincipal(service.toString(), KerberosPrincipal.KRB_NT_SRV_INST);
        return Arrays.stream(keytab.getKeys(principal))
                .map(key -> new ServiceKey(key.getKeyType(), key.getEncoded()))
                .toList();
    }

    /** The JDK writes a backslash before what has a meaning in a name; a PAC does not. */
    private static String nameInPac(Principal client) {
        return client.name().replace("\\@", "@");
    }

    private static Instant authenticatedAt(ExtendedGSSContext context) throws GSSException {
        String time = (String) context.inquireSecContext(InquireType.KRB5_GET_AUTHTIME);
        return LocalDateTime.parse(time, KERBEROS_TIME).toInstant(ZoneOffset.UTC);
    }
}
