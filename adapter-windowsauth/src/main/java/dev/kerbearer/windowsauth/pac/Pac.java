package dev.kerbearer.windowsauth.pac;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A PAC ([MS-PAC] section 2.3): a list of buffers. One names the ticket's client and authentication time. One is a
 * signature with the service's key, which proves that the KDC wrote the PAC. {@link VerifiedPac} reads others.
 */
public final class Pac {

    private static final int VERSION = 0;
    private static final int MOST_BUFFERS = 64;
    private static final int LONGEST = 1 << 20;

    private static final int SERVER_CHECKSUM = 6;
    private static final int KDC_CHECKSUM = 7;
    private static final int CLIENT_INFO = 10;

    private final byte[] bytes;
    private final Map<Integer, Place> places;

    /** The place of a buffer. */
    private record Place(int offset, int length) {}

    private Pac(byte[] bytes, Map<Integer, Place> places) {
        this.bytes = bytes;
        this.places = places;
    }

    /**
     * Finds the buffers, without reading their content.
     *
     * @throws MalformedPac if the bytes are not a PAC
     */
    public static Pac read(byte[] bytes) throws MalformedPac {
        if (bytes.length > LONGEST) {
            throw new MalformedPac("the PAC is too long");
        }
        try {
            ByteBuffer header = littleEndian(bytes, 0, bytes.length);
            long count = Integer.toUnsignedLong(header.getInt());
            if (count > MOST_BUFFERS || header.getInt() != VERSION) {
                throw new MalformedPac("this is no PAC of version 0");
            }
            Map<Integer, Place> places = new HashMap<>();
            for (int i = 0; i < count; i++) {
                int type = header.getInt();
                long length = Integer.toUnsignedLong(header.getInt());
                long offset = header.getLong();
                if (offset < 0 || offset > bytes.length || length > bytes.length - offset) {
                    throw new MalformedPac("buffer " + type + " of the PAC is outside of it");
                }
                if (places.put(type, new Place((int) offset, (int) length)) != null) {
                    throw new MalformedPac("the PAC has buffer " + type + " twice");
                }
            }
            return new Pac(bytes.clone(), places);
        } catch (BufferUnderflowException cutOff) {
            throw new MalformedPac("the PAC is cut off", cutOff);
        }
    }

    /**
     * Verifies that the KDC wrote this PAC for this ticket. (The KDC's own signature cannot be checked here, because
     * only the KDC has its key.)
     *
     * @param key the key that opened the ticket, which must have signed the PAC too
     * @param client the ticket's client, without its realm and without escapes
     * @param authenticatedAt the time in the ticket when the client was authenticated
     * @throws MalformedPac if the PAC is for another ticket, is not signed by the key, or cannot be read
     */
    public VerifiedPac verified(ServiceKey key, String client, Instant authenticatedAt) throws MalformedPac {
        isSignedBy(key);
        try {
            isOf(client, authenticatedAt);
            return new VerifiedPac(this, client);
        } catch (BufferUnderflowException | IllegalArgumentException cutOff) {
            throw new MalformedPac("a buffer of the PAC is cut off", cutOff);
        }
    }

    private void isSignedBy(ServiceKey key) throws MalformedPac {
        PacSignature signature = PacSignature.read(buffer(SERVER_CHECKSUM));
        byte[] signed = bytes.clone();
        PacSignature.blank(signed, place(SERVER_CHECKSUM).offset(), signature.length());
        PacSignature.blank(signed, place(KDC_CHECKSUM).offset(), PacSignature.lengthIn(buffer(KDC_CHECKSUM)));
        try {
            if (!signature.isOf(signed, key)) {
                throw new MalformedPac("the PAC is not signed with the key of the ticket");
            }
        } catch (GeneralSecurityException fault) {
            throw new MalformedPac("the signature of the PAC cannot be checked", fault);
        }
    }

    /**
     * Checks client and time ([MS-PAC] section 2.7). Without this check, a PAC could be moved from one ticket to
     * another.
     */
    private void isOf(String client, Instant authenticatedAt) throws MalformedPac {
        ByteBuffer info = buffer(CLIENT_INFO);
        Optional<Instant> time = FileTime.read(info);
        String name = Ndr.utf16(info, Short.toUnsignedInt(info.getShort()));
        if (!name.equals(client)) {
            throw new MalformedPac("the PAC is of another client than the ticket");
        }
        if (!time.equals(Optional.of(authenticatedAt))) {
            throw new MalformedPac("the PAC is of another ticket");
        }
    }

    private Place place(int type) throws MalformedPac {
        Place place = places.get(type);
        if (place == null) {
            throw new MalformedPac("the PAC has no buffer " + type);
        }
        return place;
    }

    /** Returns the content of the buffer of a type, or empty if there is none. */
    Optional<ByteBuffer> optional(int type) throws MalformedPac {
        return places.containsKey(type) ? Optional.of(buffer(type)) : Optional.empty();
    }

    ByteBuffer buffer(int type) throws MalformedPac {
        Place place = place(type);
        return littleEndian(bytes, place.offset(), place.length());
    }

    private static ByteBuffer littleEndian(byte[] bytes, int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
