package dev.kerbearer.windowsauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.Pac;
import dev.kerbearer.windowsauth.pac.PacSample;
import dev.kerbearer.windowsauth.pac.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from a ticket's PAC; the ticket itself is good each time. */
class TicketAuthorizationTest {

    private static final EncryptionKey KEY =
            new EncryptionKey(EncryptionType.AES256_CTS_HMAC_SHA1_96, PacSample.KEY, 3);

    @TempDir
    Path folder;

    private KerberosAcceptor acceptor;

    @BeforeEach
    void aKeytab() {
        Path keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@PRACTICE.EXAMPLE", KEY);
        acceptor = new KerberosAcceptor(List.of(keytab), Optional.empty(), InstantSource.system());
    }

    @Test
    void whatADomainControllerWroteIsTaken() throws Exception {
        byte[] pac = PacSample.of("alice");
        AuthorizationData expected = Pac.read(pac)
                .verified(List.of(new ServiceKey(18, PacSample.KEY)), PacSample.CLIENT, PacSample.AUTHENTICATED);
        assertThat(expected.user().isOf(PacSample.DOMAIN)).isTrue();
        assertThat(expected.groups()).isNotEmpty();
        assertThat(takenFrom(ticket().pac(pac))).hasValue(expected);
    }

    @Test
    void aTicketWithoutOneSaysNothing() throws Exception {
        assertThat(takenFrom(ticket())).isEmpty();
    }

    @Test
    void whatIsSignedWithAnotherKeyIsNot() throws Exception {
        byte[] others = Arrays.copyOf("another key of 32 bytes, or so".getBytes(StandardCharsets.US_ASCII), 32);
        byte[] pac = ForgedPac.signed(PacSample.of("alice"), CheckSumType.HMAC_SHA1_96_AES256, others);
        assertThat(takenFrom(ticket().pac(pac))).isEmpty();
    }

    /** Who has a PAC of somebody else, or an older one of his own, cannot put it into his ticket. */
    @Test
    void whatIsOfAnotherTicketIsNot() throws Exception {
        byte[] pac = PacSample.of("alice");
        assertThat(takenFrom(ticket().client("bob", "PRACTICE.EXAMPLE").pac(pac)))
                .isEmpty();
        assertThat(takenFrom(ticket().authenticated(PacSample.AUTHENTICATED.plusSeconds(1))
                        .pac(pac)))
                .isEmpty();
    }

    @Test
    void whatIsNoneIsNot() throws Exception {
        byte[] pac = PacSample.of("alice");
        assertThat(takenFrom(ticket().pac(new byte[0]))).isEmpty();
        assertThat(takenFrom(ticket().pac(new byte[100]))).isEmpty();
        assertThat(takenFrom(ticket().pac(Arrays.copyOf(pac, pac.length / 2)))).isEmpty();
        byte[] changed = pac.clone();
        changed[changed.length / 2] ^= 1;
        assertThat(takenFrom(ticket().pac(changed))).isEmpty();
    }

    private static ForgedTicket ticket() {
        return ForgedTicket.with(KEY).authenticated(PacSample.AUTHENTICATED);
    }

    private Optional<AuthorizationData> takenFrom(ForgedTicket ticket) throws MalformedToken {
        return ((Accepted) acceptor.accept(NegotiateToken.read(ticket.raw()))).authorization();
    }
}
