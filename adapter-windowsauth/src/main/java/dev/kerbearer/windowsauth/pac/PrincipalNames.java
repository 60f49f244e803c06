package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The client's names in its directory: UPN_DNS_INFO ([MS-PAC] section 2.10).
 *
 * @param principalName the user principal name
 * @param domain the DNS name of the domain
 * @param logonName the logon name; only newer domain controllers write it
 * @param sid the security identifier; only newer domain controllers write it
 */
record PrincipalNames(String principalName, String domain, Optional<String> logonName, Optional<Sid> sid) {

    private static final int HAS_LOGON_NAME_AND_SID = 2;

    static PrincipalNames read(ByteBuffer bytes) throws MalformedPac {
        String principalName = text(bytes);
        String domain = text(bytes);
        boolean hasMore = (bytes.getInt() & HAS_LOGON_NAME_AND_SID) != 0;
        return hasMore
                ? new PrincipalNames(
                        principalName, domain, Optional.of(text(bytes)), Optional.of(BinarySid.read(part(bytes))))
                : new PrincipalNames(principalName, domain, Optional.empty(), Optional.empty());
    }

    private static String text(ByteBuffer bytes) throws MalformedPac {
        ByteBuffer part = part(bytes);
        return Ndr.utf16(part, part.remaining());
    }

    /** Reads a length and an offset, counted from the beginning of the buffer, and returns the part. */
    private static ByteBuffer part(ByteBuffer bytes) throws MalformedPac {
        int length = Short.toUnsignedInt(bytes.getShort());
        int offset = Short.toUnsignedInt(bytes.getShort());
        if (offset + length > bytes.limit()) {
            throw new MalformedPac("a name in the PAC is outside of its buffer");
        }
        return bytes.slice(offset, length);
    }
}
