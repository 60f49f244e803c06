package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the client is called in his directory: UPN_DNS_INFO ([MS-PAC] section 2.10).
 *
 * @param principalName his user principal name
 * @param domain the name of his domain in the DNS
 * @param logonName what he types to log on; newer domain controllers write it
 * @param sid who he is; likewise
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

    /** A length and where it begins, counted from the beginning of the buffer. */
    private static ByteBuffer part(ByteBuffer bytes) throws MalformedPac {
        int length = Short.toUnsignedInt(bytes.getShort());
        int offset = Short.toUnsignedInt(bytes.getShort());
        if (offset + length > bytes.limit()) {
            throw new MalformedPac("a name in the PAC is outside of its buffer");
        }
        return bytes.slice(offset, length);
    }
}
