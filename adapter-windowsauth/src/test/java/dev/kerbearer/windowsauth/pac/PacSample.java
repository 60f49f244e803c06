package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.pac.ForgedPac.Membership;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;

/**
 * PACs for tests of the reader: some from a Samba domain controller (of the lab, docs/testing.md), and made-up ones
 * with content that it does not write. Another implementation of Kerberos signs them again with a key of the test.
 */
public final class PacSample {

    public static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    public static final String REALM = "CORP.EXAMPLE";
    static final ServiceKey SERVICE_KEY = new ServiceKey(18, KEY);
    public static final String CLIENT = "alice";

    /** The authentication time of the users alice and many in their samples. */
    public static final Instant AUTHENTICATED = Instant.parse("2026-11-25T01:13:18Z");

    public static final Sid DOMAIN = new Sid("S-1-5-21-2740597173-1254202442-2425997752");

    private PacSample() {}

    /** Returns the PAC of the domain controller, signed with the test's key. */
    public static byte[] of(String user) {
        try (InputStream resource = PacSample.class.getResourceAsStream(user + ".pac")) {
            return signed(Objects.requireNonNull(resource, user).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs a PAC again, whatever else is wrong with it. Returns it unchanged if it has no room for a signature. */
    public static byte[] signed(byte[] pac) {
        return ForgedPac.signed(pac, CheckSumType.HMAC_SHA1_96_AES256, KEY);
    }

    /**
     * A made-up PAC of alice.
     *
     * @param user the number of alice in the domain
     * @param groups of the domain
     * @param extra of any domain
     * @param resource of the domain of the service, which is the same here
     */
    static byte[] madeUp(long user, List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        return signed(new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, user).unsigned(groups, extra, resource));
    }
}
