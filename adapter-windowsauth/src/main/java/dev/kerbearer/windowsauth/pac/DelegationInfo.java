package dev.kerbearer.windowsauth.pac;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The services that got the ticket in the client's name: S4U_DELEGATION_INFO ([MS-PAC] section 2.9). */
final class DelegationInfo {

    /** The size of two lengths and a pointer. */
    private static final int TEXT = 2 * Short.BYTES + Integer.BYTES;

    private DelegationInfo() {}

    /** Returns the services in order; the last one requested this ticket. */
    static List<String> servicesIn(ByteBuffer bytes) throws MalformedPac {
        Ndr ndr = new Ndr(bytes);
        if (!ndr.pointer()) {
            return List.of();
        }
        boolean hasTarget = ndr.textPointer();
        int expected = ndr.int32();
        boolean hasServices = ndr.pointer();
        if (hasTarget) {
            ndr.text(); // this service
        }
        return hasServices ? services(ndr, expected) : List.of();
    }

    private static List<String> services(Ndr ndr, int expected) throws MalformedPac {
        int count = ndr.count(expected, TEXT);
        boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            present[i] = ndr.textPointer();
        }
        List<String> services = new ArrayList<>();
        for (boolean there : present) {
            if (there) {
                services.add(ndr.text());
            }
        }
        return services;
    }
}
