package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;

import java.util.ArrayList;
import java.util.List;

/** AuthorizationData (RFC 4120 section 5.2.6): a sequence of types, each with what it says. */
public final class AuthorizationElements {

    /** Section 5.2.6.1: a list that may be passed over, which is where Windows puts what it adds. */
    public static final int IF_RELEVANT = 1;

    /** Nobody puts a list into a list into a list; whoever does is not followed for ever. */
    private static final int DEEPEST = 4;

    private AuthorizationElements() {}

    /** What those of a type say, in the list itself and in lists in it that may be passed over. */
    public static List<byte[]> anywhere(int type, byte[] elements) throws MalformedToken {
        return anywhere(type, elements, DEEPEST);
    }

    private static List<byte[]> anywhere(int type, byte[] elements, int deeper) throws MalformedToken {
        if (deeper == 0) {
            throw new MalformedToken("its authorization data is nested too deeply");
        }
        List<byte[]> found = new ArrayList<>(ofType(type, elements));
        for (byte[] relevant : ofType(IF_RELEVANT, elements)) {
            found.addAll(anywhere(type, relevant, deeper - 1));
        }
        return found;
    }

    /** What those of a type say, in their order. */
    public static List<byte[]> ofType(int type, byte[] elements) throws MalformedToken {
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
