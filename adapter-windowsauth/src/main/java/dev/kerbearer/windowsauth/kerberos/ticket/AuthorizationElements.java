package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.util.ArrayList;
import java.util.List;

/** Reads AuthorizationData (RFC 4120 section 5.2.6): a sequence of elements, each with a type and a value. */
public final class AuthorizationElements {

    /** Section 5.2.6.1: a list that a reader may ignore. Windows puts its own elements there. */
    public static final int IF_RELEVANT = 1;

    /** Real lists are not nested this deep; the limit stops endless nesting. */
    private static final int DEEPEST = 4;

    private AuthorizationElements() {}

    /** Returns the values of that type, in the list itself and in its nested lists that a reader may ignore. */
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

    /** Returns the values of that type, in order. */
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
