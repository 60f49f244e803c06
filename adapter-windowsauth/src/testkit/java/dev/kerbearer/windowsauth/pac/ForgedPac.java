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
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.crypto.CheckSumHandler;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;

/**
 * A PAC that no KDC writes, signed by another implementation of Kerberos: who knows the service's key can make any.
 *
 * @param client whose ticket it is for
 * @param authenticated when he was
 * @param domain whose users and groups it tells of
 * @param user his number in the domain
 */
public record ForgedPac(String client, Instant authenticated, Sid domain, long user) {

    private static final int SERVER_CHECKSUM = 6;
    private static final int KDC_CHECKSUM = 7;

    /** Signed anew, whatever else is wrong with it; as it is, where there is no room for a signature. */
    public static byte[] signed(byte[] pac, CheckSumType type, byte[] key) {
        byte[] signed = pac.clone();
        int server = offset(signed, SERVER_CHECKSUM);
        int kdc = offset(signed, KDC_CHECKSUM);
        if (server < 0 || kdc < 0) {
            return signed;
        }
        ByteBuffer bytes = ByteBuffer.wrap(signed).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(server, type.getValue());
        byte[] kdcSignature = new byte[12];
        bytes.position(kdc + 4).get(kdcSignature);
        bytes.position(kdc + 4).put(new byte[12]);
        bytes.position(server + 4).put(new byte[12]);
        byte[] checksum = checksum(signed, type, key);
        bytes.position(server + 4).put(checksum);
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

    /** Where the buffer of that type begins; below zero where it does not, or has no room for a signature. */
    static int offset(byte[] pac, int type) {
        ByteBuffer bytes = ByteBuffer.wrap(pac).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 8; at + 16 <= pac.length; at += 16) {
            if (bytes.getInt(at) == type) {
                long offset = bytes.getLong(at + 8);
                return offset >= 0 && offset + 16 <= pac.length ? (int) offset : -1;
            }
        }
        return -1;
    }

    /** Groups with their attributes. */
    public record Membership(Sid sid, int attributes) {}

    /**
     * Without a signature, but with room for it.
     *
     * @param groups of the domain
     * @param extra of any domain
     * @param resource of the domain of the service, which is the same here
     */
    public byte[] unsigned(List<Membership> groups, List<Membership> extra, List<Membership> resource) {
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
        buffers.put(1, logonInfo(groups, extra, resource));
        buffers.put(10, clientInfo);
        buffers.put(SERVER_CHECKSUM, new byte[16]);
        buffers.put(
                KDC_CHECKSUM,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(CheckSumType.HMAC_SHA1_96_AES256.getValue())
                        .array());
        return assembled(buffers);
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

    /** KERB_VALIDATION_INFO as [MS-PAC] section 2.5 writes it, with one text in it. */
    private byte[] logonInfo(List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        byte[] name = client.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer ndr = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
        ndr.put((byte) 1)
                .put((byte) 0x10)
                .putShort((short) 8)
                .putInt(0xcccccccc)
                .putLong(0);
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

        ndr.putInt(client.length()).putInt(0).putInt(client.length()).put(name);
        align(ndr);
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
