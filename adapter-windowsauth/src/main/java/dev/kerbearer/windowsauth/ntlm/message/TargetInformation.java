package dev.kerbearer.windowsauth.ntlm.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The server's names and what client and server state beside the proof: a list of attributes and values ([MS-NLMP]
 * section 2.2.2.1). The client repeats the server's list in its answer, and the proof covers it.
 */
public final class TargetInformation {

    static final int END = 0;
    static final int NETBIOS_COMPUTER = 1;
    static final int NETBIOS_DOMAIN = 2;
    static final int DNS_COMPUTER = 3;
    static final int DNS_DOMAIN = 4;
    public static final int FLAGS = 6;
    public static final int TIMESTAMP = 7;
    public static final int TARGET_NAME = 9;
    public static final int CHANNEL_BINDINGS = 10;

    private static final int MIC_IS_PRESENT = 2;
    private static final long SECONDS_FROM_1601_TO_1970 = 11_644_473_600L;

    private final Map<Integer, byte[]> pairs;

    private TargetInformation(Map<Integer, byte[]> pairs) {
        this.pairs = Collections.unmodifiableMap(pairs);
    }

    /**
     * Returns the information of a server outside any domain.
     *
     * @param name for the NetBIOS names
     * @param dnsName for the DNS names
     */
    public static TargetInformation ofServer(String name, String dnsName) {
        return ofMember(name, name, dnsName, dnsName);
    }

    /**
     * Returns the information of a domain member.
     *
     * @param domain NetBIOS name of the domain
     * @param computer NetBIOS name of the machine
     * @param dnsDomain DNS name of the domain
     * @param dnsComputer DNS name of the machine
     */
    public static TargetInformation ofMember(String domain, String computer, String dnsDomain, String dnsComputer) {
        Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        pairs.put(NETBIOS_DOMAIN, utf16(domain));
        pairs.put(NETBIOS_COMPUTER, utf16(computer));
        pairs.put(DNS_DOMAIN, utf16(dnsDomain));
        pairs.put(DNS_COMPUTER, utf16(dnsComputer));
        return new TargetInformation(pairs);
    }

    /**
     * Returns the target information in another server's challenge.
     *
     * @throws MalformedMessage if the bytes are not a challenge message
     */
    public static TargetInformation inChallenge(byte[] message) throws MalformedMessage {
        return ChallengeMessage.read(message).target();
    }

    /** Reads pairs up to the end marker and ignores what follows it. */
    public static TargetInformation read(byte[] bytes, int from) throws MalformedMessage {
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
        Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        while (buffer.remaining() >= 4) {
            int id = Short.toUnsignedInt(buffer.getShort());
            int length = Short.toUnsignedInt(buffer.getShort());
            if (id == END) {
                return new TargetInformation(pairs);
            }
            if (length > buffer.remaining()) {
                throw new MalformedMessage("its target information is cut off");
            }
            byte[] value = new byte[length];
            buffer.get(value);
            if (pairs.put(id, value) != null) {
                throw new MalformedMessage("its target information says something twice");
            }
        }
        throw new MalformedMessage("its target information has no end");
    }

    public byte[] bytes() {
        int length =
                4 + pairs.values().stream().mapToInt(value -> 4 + value.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        pairs.forEach((id, value) ->
                buffer.putShort(id.shortValue()).putShort((short) value.length).put(value));
        return buffer.putInt(END).array();
    }

    public TargetInformation with(int id, byte[] value) {
        Map<Integer, byte[]> more = new LinkedHashMap<>(pairs);
        more.put(id, value);
        return new TargetInformation(more);
    }

    /** Returns a copy with this timestamp. */
    public TargetInformation at(Instant now) {
        long hundredsOfNanoseconds =
                (now.getEpochSecond() + SECONDS_FROM_1601_TO_1970) * 10_000_000 + now.getNano() / 100;
        return with(TIMESTAMP, littleEndian(hundredsOfNanoseconds));
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    public Optional<byte[]> get(int id) {
        return Optional.ofNullable(pairs.get(id));
    }

    /** Returns the NetBIOS name of the server's domain, or of the server if it has no domain. */
    public String domain() {
        return text(NETBIOS_DOMAIN);
    }

    /** Returns the NetBIOS name of the server. */
    public String computer() {
        return text(NETBIOS_COMPUTER);
    }

    /** Returns the DNS name of the server. */
    public String dnsComputer() {
        return text(DNS_COMPUTER);
    }

    /** Returns the DNS name of the server's domain. */
    public String dnsDomain() {
        return text(DNS_DOMAIN);
    }

    private String text(int id) {
        return get(id).map(bytes -> new String(bytes, StandardCharsets.UTF_16LE))
                .orElse("");
    }

    /**
     * Returns the service that the client made its answer for. Windows sends an empty name if the client program gives
     * none. The flag for an untrusted source of the name (0x4) is ignored: such a name proves nothing for this service,
     * and a client that sends no name is accepted too.
     */
    public Optional<String> targetName() {
        return Optional.of(text(TARGET_NAME).replaceFirst("\\x00+$", "")).filter(name -> !name.isEmpty());
    }

    /** Returns whether the client says that its message has an integrity code. */
    public boolean announcesMic() {
        return get(FLAGS)
                .filter(value -> value.length == Integer.BYTES && (value[0] & MIC_IS_PRESENT) != 0)
                .isPresent();
    }

    public static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
