package dev.kerbearer.windowsauth.kerberos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kerby.kerberos.kerb.KrbCodec;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.common.EncryptionUtil;
import org.apache.kerby.kerberos.kerb.crypto.EncryptionHandler;
import org.apache.kerby.kerberos.kerb.keytab.Keytab;
import org.apache.kerby.kerberos.kerb.keytab.KeytabEntry;
import org.apache.kerby.kerberos.kerb.type.KerberosTime;
import org.apache.kerby.kerberos.kerb.type.ad.AuthorizationData;
import org.apache.kerby.kerberos.kerb.type.ad.AuthorizationDataEntry;
import org.apache.kerby.kerberos.kerb.type.ad.AuthorizationType;
import org.apache.kerby.kerberos.kerb.type.ap.ApOption;
import org.apache.kerby.kerberos.kerb.type.ap.ApOptions;
import org.apache.kerby.kerberos.kerb.type.ap.ApReq;
import org.apache.kerby.kerberos.kerb.type.ap.Authenticator;
import org.apache.kerby.kerberos.kerb.type.base.CheckSum;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;
import org.apache.kerby.kerberos.kerb.type.base.NameType;
import org.apache.kerby.kerberos.kerb.type.base.PrincipalName;
import org.apache.kerby.kerberos.kerb.type.base.TransitedEncoding;
import org.apache.kerby.kerberos.kerb.type.base.TransitedEncodingType;
import org.apache.kerby.kerberos.kerb.type.ticket.EncTicketPart;
import org.apache.kerby.kerberos.kerb.type.ticket.Ticket;
import org.apache.kerby.kerberos.kerb.type.ticket.TicketFlag;
import org.apache.kerby.kerberos.kerb.type.ticket.TicketFlags;

/**
 * A ticket that no KDC issues: with the service's key, any ticket can be made. It tests what takes hours with a KDC
 * (expiry) or never happens there (clock skew, other realms).
 */
public final class ForgedTicket {

    private static final byte[] KERBEROS = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x12, 1, 2, 2};
    private static final byte[] SPNEGO = {6, 6, 0x2b, 6, 1, 5, 5, 2};

    /** GSS-API's checksum type (RFC 4121 section 4.1.1), which the library has no name for. */
    private static final int GSS_CHECKSUM = 0x8003;

    /** Types of authorization data ([MS-KILE] sections 2.2.5 and 3.3.5.6.4.6). */
    private static final int AP_OPTIONS = 143;

    private static final int CLIENT_TARGET = 144;

    private static final int WIN2K_PAC = 128;

    private static final byte DELEGATION_FLAG = 1;
    private static final byte MUTUAL_FLAG = 2;
    private static final int FLAGS = 20;

    private List<String> client = List.of("alice");
    private String clientRealm = "PRACTICE.EXAMPLE";
    private String service = "HTTP/localhost";
    private final EncryptionKey key;
    private Duration start = Duration.ofMinutes(-1);
    private Duration end = Duration.ofHours(1);
    private Duration clientClock = Duration.ZERO;
    private EncryptionType sessionKeyType = EncryptionType.AES256_CTS_HMAC_SHA1_96;
    private int checksumType = GSS_CHECKSUM;
    private Optional<byte[]> checksum = Optional.empty();
    private Optional<byte[]> delegatedKey = Optional.empty();
    private byte[] binding = new byte[16];
    private byte[] authorization = {};
    private String serviceRealm = "PRACTICE.EXAMPLE";
    private Optional<Instant> authenticated = Optional.empty();
    private byte[] said = {};
    private boolean transitChecked;
    private int transitedType = TransitedEncodingType.DOMAIN_X500_COMPRESS.getValue();
    private byte[] transited = {};
    private boolean mutual;

    private ForgedTicket(EncryptionKey key) {
        this.key = key;
    }

    /** Returns a good ticket for {@code alice}, encrypted with that key. */
    public static ForgedTicket with(EncryptionKey key) {
        return new ForgedTicket(key);
    }

    /** Returns a new AES-256 key of that version. */
    public static EncryptionKey key(int version) {
        return key(version, EncryptionType.AES256_CTS_HMAC_SHA1_96);
    }

    /** Returns a new key of that version and encryption type. */
    public static EncryptionKey key(int version, EncryptionType type) {
        try {
            EncryptionKey key = EncryptionHandler.random2Key(type);
            key.setKvno(version);
            return key;
        } catch (KrbException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a keytab with these keys, all under the name of {@code principal}. */
    public static Path keytab(Path file, String principal, EncryptionKey... keys) {
        Keytab keytab = new Keytab();
        for (EncryptionKey key : keys) {
            keytab.addEntry(new KeytabEntry(new PrincipalName(principal), KerberosTime.now(), key.getKvno(), key));
        }
        try {
            keytab.store(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Writes a keytab with a key for each of these principals. */
    public static Path keytab(Path file, Map<String, EncryptionKey> keys) {
        Keytab keytab = new Keytab();
        keys.forEach((principal, key) ->
                keytab.addEntry(new KeytabEntry(new PrincipalName(principal), KerberosTime.now(), key.getKvno(), key)));
        try {
            keytab.store(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Returns the keys of a keytab. */
    public static List<EncryptionKey> keysIn(Path file) {
        try {
            Keytab keytab = Keytab.loadKeytab(file.toFile());
            return keytab.getPrincipals().stream()
                    .flatMap(principal -> keytab.getKeytabEntries(principal).stream())
                    .map(KeytabEntry::getKey)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the AES-256 key of a keytab, or the first if it has several. */
    public static EncryptionKey aes256KeyIn(Path file) {
        return keysIn(file).stream()
                .filter(key -> key.getKeyType() == EncryptionType.AES256_CTS_HMAC_SHA1_96)
                .findFirst()
                .orElseThrow();
    }

    public ForgedTicket client(String name, String realm) {
        return client(List.of(name.split("/", -1)), realm);
    }

    /** Sets a client name with exactly these components. */
    public ForgedTicket client(List<String> components, String realm) {
        client = components;
        clientRealm = realm;
        return this;
    }

    /** Marks the transited realms as checked by the service's KDC. */
    public ForgedTicket transitChecked() {
        transitChecked = true;
        return this;
    }

    /** Sets the transited realms, as a KDC writes them (RFC 4120 section 3.3.3.2). */
    public ForgedTicket transited(String compressed) {
        transited = compressed.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Sets the type of the encoding of the transited realms. */
    public ForgedTicket transitedType(int type) {
        transitedType = type;
        return this;
    }

    /** Makes the client state the service that its request is for, as Windows does. */
    public ForgedTicket target(String service) {
        return target(service.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Makes the client state the service, in bytes. */
    public ForgedTicket target(byte[] service) {
        authorization = join(authorization, entry(CLIENT_TARGET, service));
        return this;
    }

    public ForgedTicket service(String name) {
        service = name;
        return this;
    }

    public ForgedTicket service(String name, String realm) {
        serviceRealm = realm;
        return service(name);
    }

    /** Sets the time of the client's first ticket. */
    public ForgedTicket authenticated(Instant at) {
        authenticated = Optional.of(at);
        return this;
    }

    /** Adds a PAC ([MS-PAC]) that describes the client, as domain controllers do. */
    public ForgedTicket pac(byte[] content) {
        said = join(said, entry(WIN2K_PAC, content));
        return this;
    }

    /** Sets the validity, relative to now. */
    public ForgedTicket valid(Duration from, Duration until) {
        start = from;
        end = until;
        return this;
    }

    /** Sets how far the client's clock is ahead. */
    public ForgedTicket clientClock(Duration ahead) {
        clientClock = ahead;
        return this;
    }

    /** Sets the encryption type of the session key. */
    public ForgedTicket sessionKey(EncryptionType type) {
        sessionKeyType = type;
        return this;
    }

    /** Replaces GSS-API's checksum in the authenticator. */
    public ForgedTicket checksum(int type, byte[] content) {
        checksumType = type;
        checksum = Optional.of(content);
        return this;
    }

    /** Delegates a ticket-granting ticket with that key, so that the service can act in the client's name. */
    public ForgedTicket delegating(byte[] key) {
        delegatedKey = Optional.of(key);
        return this;
    }

    /** Sets the channel binding that the client claims: 16 bytes. */
    public ForgedTicket on(byte[] channelBinding) {
        binding = channelBinding;
        return this;
    }

    /** Makes the client state that it binds if it can, as Windows does ([MS-KILE] section 3.2.5.8). */
    public ForgedTicket bindingChannels() {
        authorization = join(authorization, entry(AP_OPTIONS, new byte[] {0, 0x40, 0, 0}));
        return this;
    }

    private static byte[] entry(int type, byte[] content) {
        byte[] number = element(0xa0, element(0x02, new byte[] {0, (byte) type}));
        return element(0x30, join(number, element(0xa1, element(0x04, content))));
    }

    private static AuthorizationData relevant(byte[] elements) {
        AuthorizationData data = new AuthorizationData();
        data.addElement(new AuthorizationDataEntry(AuthorizationType.AD_IF_RELEVANT, element(0x30, elements)));
        return data;
    }

    /** Requests mutual authentication. */
    public ForgedTicket mutual() {
        mutual = true;
        return this;
    }

    /** Returns a new AP-REQ in Kerberos's own framing. */
    public byte[] raw() {
        return framed(apReq());
    }

    /** Returns a new AP-REQ in SPNEGO. */
    public byte[] inSpnego() {
        return inSpnego(raw());
    }

    /** Returns that mechanism token in SPNEGO, proposed as Kerberos. */
    public static byte[] inSpnego(byte[] mechanismToken) {
        byte[] mechanisms = element(0xa0, element(0x30, KERBEROS));
        byte[] members = element(0x30, join(mechanisms, element(0xa2, element(0x04, mechanismToken))));
        return element(0x60, join(SPNEGO, element(0xa0, members)));
    }

    /** Returns that AP-REQ in Kerberos's own framing. */
    public static byte[] framed(byte[] apReq) {
        return element(0x60, join(KERBEROS, join(new byte[] {1, 0}, apReq)));
    }

    /** Returns a new AP-REQ without framing, as in RFC 4120. */
    public byte[] apReq() {
        try {
            EncryptionKey session = EncryptionHandler.random2Key(sessionKeyType);
            ApOptions options = new ApOptions();
            if (mutual) {
                options.setFlag(ApOption.MUTUAL_REQUIRED);
            }
            ApReq request = new ApReq();
            request.setApOptions(options);
            request.setTicket(ticket(session));
            request.setEncryptedAuthenticator(
                    EncryptionUtil.seal(authenticator(session), session, KeyUsage.AP_REQ_AUTH));
            return KrbCodec.encode(request);
        } catch (KrbException e) {
            throw new IllegalStateException(e);
        }
    }

    private Ticket ticket(EncryptionKey session) throws KrbException {
        EncTicketPart part = new EncTicketPart();
        TicketFlags flags = new TicketFlags();
        flags.setFlag(TicketFlag.INITIAL);
        if (transitChecked) {
            flags.setFlag(TicketFlag.TRANSIT_POLICY_CHECKED);
        }
        part.setFlags(flags);
        part.setKey(session);
        part.setCrealm(clientRealm);
        part.setCname(name());
        part.setTransited(new Way(transitedType, transited));
        part.setAuthTime(
                authenticated.map(at -> new KerberosTime(at.toEpochMilli())).orElse(time(start)));
        part.setStartTime(time(start));
        part.setEndTime(time(end));
        if (said.length > 0) {
            part.setAuthorizationData(relevant(said));
        }
        PrincipalName name = new PrincipalName(service);
        name.setNameType(NameType.NT_SRV_HST);
        Ticket ticket = new Ticket();
        ticket.setSname(name);
        ticket.setRealm(serviceRealm);
        ticket.setEncryptedEncPart(EncryptionUtil.seal(part, key, KeyUsage.KDC_REP_TICKET));
        return ticket;
    }

    private PrincipalName name() {
        return new PrincipalName(client, NameType.NT_PRINCIPAL);
    }

    private Authenticator authenticator(EncryptionKey session) throws KrbException {
        Authenticator authenticator = new Authenticator();
        authenticator.setAuthenticatorVno(5);
        authenticator.setCrealm(clientRealm);
        authenticator.setCname(name());
        authenticator.setCtime(time(clientClock));
        authenticator.setCusec(ThreadLocalRandom.current().nextInt(1_000_000));
        authenticator.setSeqNumber(ThreadLocalRandom.current().nextInt(1 << 30));
        authenticator.setCksum(new Checksum(checksumType, checksum.orElse(gssChecksum(session))));
        if (authorization.length > 0) {
            authenticator.setAuthorizationData(relevant(authorization));
        }
        return authenticator;
    }

    /**
     * Returns the checksum content: length of the channel binding, the binding, flags, and the delegated ticket (RFC
     * 4121 section 4.1.1).
     */
    private byte[] gssChecksum(EncryptionKey session) throws KrbException {
        byte[] content = new byte[FLAGS + Integer.BYTES];
        content[0] = 16;
        System.arraycopy(binding, 0, content, Integer.BYTES, binding.length);
        content[FLAGS] = mutual ? MUTUAL_FLAG : 0;
        if (delegatedKey.isEmpty()) {
            return content;
        }
        content[FLAGS] |= DELEGATION_FLAG;
        byte[] handedOver =
                new DelegatedTicket(String.join("/", client), clientRealm, delegatedKey.get()).sealed(session);
        byte[] header = {1, 0, (byte) handedOver.length, (byte) (handedOver.length >> 8)};
        return join(content, join(header, handedOver));
    }

    private static KerberosTime time(Duration fromNow) {
        return new KerberosTime(Instant.now().plus(fromNow).toEpochMilli());
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] header;
        if (length < 0x80) {
            header = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            header = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else if (length < 0x10000) {
            header = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        } else {
            header = new byte[] {(byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
        }
        return join(header, content);
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(one.length + other.length);
        joined.writeBytes(one);
        joined.writeBytes(other);
        return joined.toByteArray();
    }

    private static final class Way extends TransitedEncoding {
        Way(int type, byte[] contents) {
            setFieldAsInt(TransitedEncodingField.TR_TYPE, type);
            setContents(contents);
        }
    }

    private static final class Checksum extends CheckSum {
        Checksum(int type, byte[] content) {
            setFieldAsInt(CheckSumField.CKSUM_TYPE, type);
            setChecksum(content);
        }
    }
}
