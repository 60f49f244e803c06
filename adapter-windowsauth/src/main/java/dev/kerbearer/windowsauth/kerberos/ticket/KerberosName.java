package dev.kerbearer.windowsauth.kerberos.ticket;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads names in tickets: Realm and PrincipalName of RFC 4120 section 5.2.2. Their text is UTF-8, as every KDC writes
 * it.
 */
final class KerberosName {

    private static final int GENERAL_STRING = 0x1b;

    private KerberosName() {}

    /** Reads the next text. */
    static String text(Der holder) throws MalformedToken {
        byte[] bytes = holder.enter(GENERAL_STRING).rest();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new MalformedToken("a name is not UTF-8");
        }
    }

    /**
     * Reads the components of the next name. The name type does not identify the principal (section 6.2) and is
     * ignored.
     */
    static List<String> components(Der holder) throws MalformedToken {
        Der name = holder.enter(Der.SEQUENCE);
        name.enter(Der.context(0));
        Der texts = name.enter(Der.context(1)).enter(Der.SEQUENCE);
        List<String> components = new ArrayList<>();
        while (!texts.isAtEnd()) {
            components.add(text(texts));
        }
        return components;
    }
}
