package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.crypto.CheckSumHandler;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;

/**
 * A PAC that no KDC writes, signed by another implementation of Kerberos: with the service's key, any PAC can be made.
 *
 * @param client the client of the ticket
 * @param authenticated when the client was authenticated
 * @param domain the domain of the users and groups in it
 * @param user the user's number in the domain
 * @param account the logon name of the user in it
 * @param more further buffers, by type
 * @param serviceType the type of the service's signature, which decides its length
 * @param kdcSignature the KDC's signature, with its type
 */
@SuppressWarnings("ArrayRecordComponent") // They are not compared.
public record ForgedPac(
        String client,
        Instant authenticated,
        Sid domain,
        long user,
        String account,
        Map<Integer, byte[]> more,
        CheckSumType serviceType,
        byte[] kdcSignature) {

    private static final int LOGON_INFO = 1;
    private static final int SERVER_CHECKSUM = 6;
    private static final int KDC_CHECKSUM = 7;
    private static final int DELEGATION_INFO = 11;
    private static final int PRINCIPAL_NAMES = 12;
    private static final int REQUESTOR = 18;

    /** Creates a valid PAC, which still has to be signed. */
    public ForgedPac(String client, Instant authenticated, Sid domain, long user) {
        this(
                client,
                authenticated,
                domain,
                user,
                client,
                Map.of(),
                CheckSumType.HMAC_SHA1_96_AES256,
                signature(CheckSumType.HMAC_SHA1_96_AES256.getValue(), 12));
    }

    /** Sets the account's logon name. */
    public ForgedPac account(String name) {
        return new ForgedPac(client, authenticated, domain, user, name, more, serviceType, kdcSignature);
    }

    /** Sets the type of the service's signature. */
    public ForgedPac signedWith(CheckSumType type) {
        return new ForgedPac(client, authenticated, domain, user, account, more, type, kdcSignature);
    }

    /** Sets the type and length of the KDC's signature. */
    public ForgedPac kdc(int type, int length) {
        return new ForgedPac(client, authenticated, domain, user, account, more, serviceType, signature(type, length));
    }

    /** Sets the user principal name, and optionally the logon name and SID, which newer domain controllers add. */
    public ForgedPac principalName(String name, Optional<String> logonName, Sid sid) {
        byte[] upn = name.getBytes(StandardCharsets.UTF_16LE);
        byte[] dns = "corp.example".getBytes(StandardCharsets.UTF_16LE);
        byte[] sam = logonName.orElse("").getBytes(StandardCharsets.UTF_16LE);
        byte[] id = BinarySid.write(sid);
        int begin = logonName.isPresent() ? 24 : 12;
        ByteBuffer buffer = ByteBuffer.allocate(
                        begin + upn.length + dns.length + (logonName.isPresent() ? sam.length + id.length : 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        place(buffer, upn, begin);
        place(buffer, dns, begin + upn.length);
        buffer.putInt(logonName.isPresent() ? 2 : 0);
        if (logonName.isPresent()) {
            place(buffer, sam, begin + upn.length + dns.length);
            place(buffer, id, begin + upn.length + dns.length + sam.length);
            buffer.position(begin);
        }
        buffer.put(upn).put(dns);
        if (logonName.isPresent()) {
            buffer.put(sam).put(id);
        }
        return with(PRINCIPAL_NAMES, buffer.array());
    }

    private static void place(ByteBuffer buffer, byte[] part, int offset) {
        buffer.putShort((short) part.length).putShort((short) offset);
    }

    /** Sets the requestor of the ticket-granting ticket. */
    public ForgedPac requestor(Sid sid) {
        return with(REQUESTOR, BinarySid.write(sid));
    }

    /** Adds the services that got the ticket in the client's name, in order, for {@code HTTP/localhost}. */
    public ForgedPac delegated(String... services) {
        ByteBuffer ndr = ndr();
        ndr.putInt(0x20000);
        String target = "HTTP/localhost";
        ndr.putShort((short) (2 * target.length()))
                .putShort((short) (2 * target.length()))
                .putInt(0x20004);
        ndr.putInt(services.length).putInt(0x20008);
        text(ndr, target);
        ndr.putInt(services.length);
        for (String service : services) {
            ndr.putShort((short) (2 * service.length()))
                    .putShort((short) (2 * service.length()))
                    .putInt(0x2000c);
        }
        for (String service : services) {
            text(ndr, service);
        }
        return with(DELEGATION_INFO, written(ndr));
    }

    /** Sets the content of the buffer of a type. */
    public ForgedPac with(int type, byte[] buffer) {
        Map<Integer, byte[]> all = new LinkedHashMap<>(more);
        all.put(type, buffer);
        return new ForgedPac(client, authenticated, domain, user, account, all, serviceType, kdcSignature);
    }

    private static byte[] signature(int type, int length) {
        return ByteBuffer.allocate(Integer.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .array();
    }

    /** Returns the PAC without groups, signed with that key. */
    public byte[] signed(byte[] key) {
        return signed(unsigned(List.of(), List.of(), List.of()), serviceType, key);
    }

    /**
     * Returns a PAC like MIT's, without logon information, signed with that key. It still names the ticket's client.
     */
    public byte[] ofMit(byte[] key) {
        Map<Integer, byte[]> buffers = buffers();
        buffers.putAll(more);
        return signed(assembled(buffers), serviceType, key);
    }

    /** Signs a PAC again, whatever else is wrong with it. Returns it unchanged if it has no room for a signature. */
    public static byte[] signed(byte[] pac, CheckSumType type, byte[] key) {
        byte[] signed = pac.clone();
        int server = offset(signed, SERVER_CHECKSUM);
        int kdc = offset(signed, KDC_CHECKSUM);
        if (server < 0 || kdc < 0) {
            return signed;
        }
        // Read before any write: if buffers overlap, a write may change the table of buffers.
        int room = length(signed, SERVER_CHECKSUM) - 4;
        byte[] kdcSignature = new byte[length(signed, KDC_CHECKSUM) / 4 * 4 - 4];
        ByteBuffer bytes = ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(server, type.getValue());
        bytes.position(kdc + 4).get(kdcSignature);
        bytes.position(kdc + 4).put(new byte[kdcSignature.length]);
        bytes.position(server + 4).put(new byte[room]);
        byte[] checksum = checksum(signed, type, key);
        bytes.position(server + 4).put(checksum, 0, Math.min(room, checksum.length));
        bytes.position(kdc + 4).put(kdcSignature);
        return signed;
    }

    private static byte[] checksum(byte[] message, CheckSumType type, byte[] key) {
        try {
            return CheckSumHandler.checksumWithKey(type, message, key, KeyUsage.APP_DATA_CKSUM)
                    .getChecksum();
        } catch (KrbException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the offset of the buffer of that type; negative if it is missing or has no room for a signature. */
    static int offset(byte[] pac, int type) {
        ByteBuffer bytes = ByteBuffer.wrap(pac).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 8; at + 16 <= pac.length; at += 16) {
            if (bytes.getInt(at) == type) {
                long offset = bytes.getLong(at + 8);
                int length = bytes.getInt(at + 4);
                return offset >= 0 && length >= 8 && offset + length <= pac.length ? (int) offset : -1;
            }
        }
        return -1;
    }

    private static int length(byte[] pac, int type) {
        ByteBuffer bytes = ByteBuffer.wrap(pac).order(ByteOrder.LITTLE_ENDIAN);
        int at = 8;
        while (bytes.getInt(at) != type) {
            at += 16;
        }
        return bytes.getInt(at + 4);
    }

    /** A group with its attributes. */
    public record Membership(Sid sid, int attributes) {}

    /**
     * Returns the PAC unsigned, with room for signatures.
     *
     * @param groups groups of the domain
     * @param extra groups of any domain
     * @param resource groups of the service's domain, which is the same here
     */
    public byte[] unsigned(List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        Map<Integer, byte[]> buffers = new LinkedHashMap<>();
        buffers.put(LOGON_INFO, logonInfo(groups, extra, resource));
        buffers.putAll(buffers());
        buffers.putAll(more);
        return assembled(buffers);
    }

    private Map<Integer, byte[]> buffers() {
        byte[] name = client.getBytes(StandardCharsets.UTF_16LE);
        byte[] clientInfo = ByteBuffer.allocate(10 + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Duration.between(Instant.parse("1601-01-01T00:00:00Z"), authenticated)
                                .toSeconds()
                        * 10_000_000)
                .putShort((short) name.length)
                .put(name)
                .array();
        Map<Integer, byte[]> buffers = new LinkedHashMap<>();
        buffers.put(10, clientInfo);
        buffers.put(SERVER_CHECKSUM, new byte[serviceType == CheckSumType.HMAC_MD5_ARCFOUR ? 20 : 16]);
        buffers.put(KDC_CHECKSUM, kdcSignature);
        return buffers;
    }

    private static byte[] assembled(Map<Integer, byte[]> buffers) {
        ByteBuffer pac = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        pac.putInt(buffers.size()).putInt(0);
        int offset = 8 + 16 * buffers.size();
        for (Map.Entry<Integer, byte[]> buffer : buffers.entrySet()) {
            pac.putInt(buffer.getKey()).putInt(buffer.getValue().length).putLong(offset);
            offset += (buffer.getValue().length + 7) / 8 * 8;
        }
        for (byte[] content : buffers.values()) {
            pac.put(content);
            pac.position((pac.position() + 7) / 8 * 8);
        }
        byte[] bytes = new byte[pac.position()];
        pac.flip().get(bytes);
        return bytes;
    }

    /** Returns KERB_VALIDATION_INFO as in [MS-PAC] section 2.5, with one text in it. */
    private byte[] logonInfo(List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        byte[] name = account.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer ndr = ndr();
        ndr.putInt(0x20000);
        ndr.put(new byte[48]);
        ndr.putShort((short) name.length).putShort((short) name.length).putInt(0x20004);
        ndr.put(new byte[40]);
        ndr.putInt(0);
        ndr.putInt((int) user).putInt(513);
        ndr.putInt(groups.size()).putInt(groups.isEmpty() ? 0 : 0x20008);
        ndr.putInt(0).put(new byte[16]);
        ndr.put(new byte[16]);
        ndr.putInt(0x2000c);
        ndr.put(new byte[40]);
        ndr.putInt(extra.size()).putInt(extra.isEmpty() ? 0 : 0x20010);
        ndr.putInt(resource.isEmpty() ? 0 : 0x20014);
        ndr.putInt(resource.size()).putInt(resource.isEmpty() ? 0 : 0x20018);

        text(ndr, account);
        memberships(ndr, groups);
        sid(ndr, domain);
        if (!extra.isEmpty()) {
            ndr.putInt(extra.size());
            extra.forEach(group -> ndr.putInt(0x2001c).putInt(group.attributes()));
            extra.forEach(group -> sid(ndr, group.sid()));
        }
        if (!resource.isEmpty()) {
            sid(ndr, domain);
            memberships(ndr, resource);
        }
        return written(ndr);
    }

    private static ByteBuffer ndr() {
        return ByteBuffer.allocate(2048)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .put((byte) 0x10)
                .putShort((short) 8)
                .putInt(0xcccccccc)
                .putLong(0);
    }

    private static void text(ByteBuffer ndr, String text) {
        ndr.putInt(text.length()).putInt(0).putInt(text.length()).put(text.getBytes(StandardCharsets.UTF_16LE));
        align(ndr);
    }

    private static byte[] written(ByteBuffer ndr) {
        byte[] bytes = new byte[ndr.position()];
        ndr.flip().get(bytes);
        return bytes;
    }

    private static void memberships(ByteBuffer ndr, List<Membership> groups) {
        if (groups.isEmpty()) {
            return;
        }
        ndr.putInt(groups.size());
        for (Membership group : groups) {
            String text = group.sid().text();
            String number = text.substring(text.lastIndexOf('-') + 1);
            ndr.putInt(Integer.parseUnsignedInt(number)).putInt(group.attributes());
        }
    }

    private static void sid(ByteBuffer ndr, Sid sid) {
        byte[] bytes = BinarySid.write(sid);
        ndr.putInt(bytes[1]).put(bytes);
    }

    private static void align(ByteBuffer ndr) {
        ndr.position((ndr.position() + 3) / 4 * 4);
    }
}
