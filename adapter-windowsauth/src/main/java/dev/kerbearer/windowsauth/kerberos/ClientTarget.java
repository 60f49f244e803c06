package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.AuthorizationElements;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedAuthenticator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the service that a client names as its target (KERB_AUTH_DATA_CLIENT_TARGET). Windows writes it into the
 * authenticator, where nobody on the network can change it. [MS-KILE] gives only its name; the value is UTF-16, with or
 * without a terminating zero.
 */
final class ClientTarget {

    private static final int TYPE = 144;

    private ClientTarget() {}

    /** Returns the names in the authenticator, normally one or none. An empty name counts as none, as in NTLM. */
    static List<String> namesIn(OpenedAuthenticator authenticator) throws MalformedToken {
        Optional<Der> said = authenticator.member(OpenedAuthenticator.AUTHORIZATION_DATA);
        List<String> names = new ArrayList<>();
        if (said.isPresent()) {
            for (byte[] name : AuthorizationElements.anywhere(TYPE, said.get().rest())) {
                String text = text(name).replaceFirst("\\x00+$", "");
                if (!text.isEmpty()) {
                    names.add(text);
                }
            }
        }
        return names;
    }

    private static String text(byte[] name) throws MalformedToken {
        try {
            return StandardCharsets.UTF_16LE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new MalformedToken("the client's name of the service is not UTF-16");
        }
    }
}
