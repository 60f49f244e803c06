package dev.kerbearer.windowsauth;

import java.util.ArrayList;
import java.util.List;

/** AuthorizationData (RFC 4120 section 5.2.6): a sequence of types, each with what it says. */
final class AuthorizationElements {

    /** Section 5.2.6.1: a list that may be passed over, which is where Windows puts what it adds. */
    static final int IF_RELEVANT = 1;

    private AuthorizationElements() {}

    /** What those of a type say, in their order. */
    static List<byte[]> ofType(int type, byte[] elements) throws MalformedToken {
        List<byte[]> ofType = new ArrayList<>();
        Der list = Der.of(elements).enter(Der.SEQUENCE);
        while (!list.isAtEnd()) {
            Der element = list.enter(Der.SEQUENCE);
            long its = element.enter(Der.context(0)).integer();
            byte[] said = element.enter(Der.context(1)).enter(Der.OCTET_STRING).rest();
            if (its == type) {
                ofType.add(said);
            }
        }
        return ofType;
    }
}
