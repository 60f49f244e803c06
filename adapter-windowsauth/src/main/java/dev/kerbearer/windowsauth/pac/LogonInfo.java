package dev.kerbearer.windowsauth.pac;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the name and the identifiers in KERB_VALIDATION_INFO ([MS-PAC] section 2.5) and skips the rest. */
final class LogonInfo {

    /** The size of six times. Six text pointers follow them. */
    private static final int TIMES = 6 * Long.BYTES;

    private static final int TEXTS = 6;

    /** The size of the logon counts, two bytes each. */
    private static final int COUNTS = 2 * Short.BYTES;

    private static final int SESSION_KEY = 16;
    private static final int RESERVED = 10 * Integer.BYTES;

    /** The size of a relative identifier and its attributes. */
    private static final int MEMBERSHIP = 2 * Integer.BYTES;

    /** [MS-PAC] section 2.2.1: a group counts only if it is enabled and not for denial only. */
    private static final int ENABLED = 0x4;

    private static final int FOR_DENIAL_ONLY = 0x10;

    private final Ndr ndr;
    private final Set<Sid> groups = new HashSet<>();

    private LogonInfo(Ndr ndr) {
        this.ndr = ndr;
    }

    /**
     * The values that are read.
     *
     * @param name the client's logon name, EffectiveName
     */
    record Content(String name, AuthorizationData authorization) {}

    static Content read(ByteBuffer bytes) throws MalformedPac {
        return new LogonInfo(new Ndr(bytes)).read();
    }

    private Content read() throws MalformedPac {
        if (!ndr.pointer()) {
            throw new MalformedPac("the PAC has no logon information of the client");
        }
        ndr.skip(TIMES);
        boolean[] texts = new boolean[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = ndr.textPointer();
        }
        ndr.skip(COUNTS);
        long user = Integer.toUnsignedLong(ndr.int32());
        ndr.int32(); // the primary group, which is also in the list of groups
        int groupCount = ndr.int32();
        boolean hasGroups = ndr.pointer();
        ndr.int32(); // flags, which repeat which pointers are set
        ndr.skip(SESSION_KEY);
        boolean server = ndr.textPointer();
        boolean domainName = ndr.textPointer();
        boolean hasDomain = ndr.pointer();
        ndr.skip(RESERVED);
        int extraCount = ndr.int32();
        boolean hasExtra = ndr.pointer();
        boolean hasResourceDomain = ndr.pointer();
        int resourceCount = ndr.int32();
        boolean hasResourceGroups = ndr.pointer();

        String name = text(texts[0]);
        for (int i = 1; i < TEXTS; i++) {
            text(texts[i]);
        }
        List<Long> relative = hasGroups ? memberships(groupCount) : List.of();
        text(server);
        text(domainName);
        if (!hasDomain) {
            throw new MalformedPac("the PAC names no domain");
        }
        Sid domain = sid();
        relative.forEach(group -> groups.add(domain.child(group)));
        if (hasExtra) {
            extraGroups(extraCount);
        }
        resourceGroups(hasResourceDomain, hasResourceGroups, resourceCount);
        // A user with number 0 is of another domain and named among the groups; it is not looked for there.
        return new Content(name, new AuthorizationData(domain.child(user), groups));
    }

    private String text(boolean present) throws MalformedPac {
        return present ? ndr.text() : "";
    }

    private List<Long> memberships(int expected) throws MalformedPac {
        int count = ndr.count(expected, MEMBERSHIP);
        List<Long> relative = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long group = Integer.toUnsignedLong(ndr.int32());
            if (counts(ndr.int32())) {
                relative.add(group);
            }
        }
        return relative;
    }

    private static boolean counts(int attributes) {
        return (attributes & (ENABLED | FOR_DENIAL_ONLY)) == ENABLED;
    }

    /** Reads groups of any domain: first their pointers and attributes, then the identifiers. */
    private void extraGroups(int expected) throws MalformedPac {
        int count = ndr.count(expected, MEMBERSHIP);
        boolean[] present = new boolean[count];
        boolean[] counts = new boolean[count];
        for (int i = 0; i < count; i++) {
            present[i] = ndr.pointer();
            counts[i] = counts(ndr.int32());
        }
        for (int i = 0; i < count; i++) {
            if (present[i]) {
                Sid group = sid();
                if (counts[i]) {
                    groups.add(group);
                }
            }
        }
    }

    /** Reads groups of the service's domain (domain local groups). */
    private void resourceGroups(boolean hasDomain, boolean hasGroups, int count) throws MalformedPac {
        if (!hasDomain) {
            return;
        }
        Sid domain = sid();
        if (hasGroups) {
            memberships(count).forEach(group -> groups.add(domain.child(group)));
        }
    }

    /** Reads an identifier. The count of its sub-authorities precedes it once more. */
    private Sid sid() throws MalformedPac {
        int subAuthorities = ndr.int32();
        ByteBuffer bytes = ndr.rest();
        if (bytes.remaining() < 2 || Byte.toUnsignedInt(bytes.get(bytes.position() + 1)) != subAuthorities) {
            throw new MalformedPac("an identifier in the PAC has another length than stated");
        }
        return BinarySid.read(bytes);
    }
}
