package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.crypto.CheckSumHandler;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;

/**
 * PACs to try the reader with: those that a Samba domain controller made (of the lab, docs/testing.md), and made-up ones
 * with what it does not write. They are signed anew with a key of the test by another implementation of Kerberos.
 */
final class PacSample {

    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final ServiceKey SERVICE_KEY = new ServiceKey(18, KEY);
    static final String CLIENT = "alice";

    /** When alice and many were authenticated as their samples were made. */
    static final Instant AUTHENTICATED = Instant.parse("2026-11-25T01:13:18Z");

    static final Sid DOMAIN = new Sid("S-1-5-21-2740597173-1254202442-2425997752");

    private static final int SERVER_CHECKSUM = 6;
    private static final int KDC_CHECKSUM = 7;

    private PacSample() {}

    /** As the domain controller made it, but that the signature is of the test's key. */
    static byte[] of(String user) {
        try (InputStream resource = PacSample.class.getResourceAsStream(user + ".pac")) {
            return signed(Objects.requireNonNull(resource, user).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signed anew, whatever else is wrong with it; as it is, where there is no room for a signature. */
    static byte[] signed(byte[] pac) {
        return signed(pac, CheckSumType.HMAC_SHA1_96_AES256, KEY);
    }

    static byte[] signed(byte[] pac, CheckSumType type, byte[] key) {
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
    record Membership(Sid sid, int attributes) {}

    /**
     * A made-up PAC of alice.
     *
     * @param user her number in the domain
     * @param groups of the domain
     * @param extra of any domain
     * @param resource of the domain of the service, which is the same here
     */
    static byte[] madeUp(long user, List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        byte[] logonInfo = logonInfo(user, groups, extra, resource);
        byte[] clientInfo = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Duration.between(Instant.parse("1601-01-01T00:00:00Z"), AUTHENTICATED)
                                .toSeconds()
                        * 10_000_000)
                .putShort((short) 10)
                .put(CLIENT.getBytes(StandardCharsets.UTF_16LE))
                .array();
        Map<Integer, byte[]> buffers = new LinkedHashMap<>();
        buffers.put(1, logonInfo);
        buffers.put(10, clientInfo);
        buffers.put(SERVER_CHECKSUM, new byte[16]);
        buffers.put(
                KDC_CHECKSUM,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(CheckSumType.HMAC_SHA1_96_AES256.getValue())
                        .array());
        return signed(assembled(buffers));
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
    private static byte[] logonInfo(
            long user, List<Membership> groups, List<Membership> extra, List<Membership> resource) {
        ByteBuffer ndr = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
        ndr.put((byte) 1)
                .put((byte) 0x10)
                .putShort((short) 8)
                .putInt(0xcccccccc)
                .putLong(0);
        ndr.putInt(0x20000);
        ndr.put(new byte[48]);
        ndr.putShort((short) 10).putShort((short) 10).putInt(0x20004);
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

        ndr.putInt(5).putInt(0).putInt(5).put(CLIENT.getBytes(StandardCharsets.UTF_16LE));
        align(ndr);
        memberships(ndr, groups);
        sid(ndr, DOMAIN);
        if (!extra.isEmpty()) {
            ndr.putInt(extra.size());
            extra.forEach(group -> ndr.putInt(0x2001c).putInt(group.attributes()));
            extra.forEach(group -> sid(ndr, group.sid()));
        }
        if (!resource.isEmpty()) {
            sid(ndr, DOMAIN);
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
