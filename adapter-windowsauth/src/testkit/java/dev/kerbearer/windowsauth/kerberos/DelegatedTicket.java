package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import java.nio.charset.StandardCharsets;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.crypto.EncryptionHandler;
import org.apache.kerby.kerberos.kerb.type.base.EncryptedData;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.KeyUsage;

/**
 * A ticket-granting ticket and its key, as a client passes them to a service that is trusted for unconstrained
 * delegation: KRB-CRED (RFC 4120 section 5.8).
 *
 * @param client the user of the ticket
 * @param realm of the user and of the ticket
 * @param key the AES-256 key, without which the ticket is useless
 */
@SuppressWarnings("ArrayRecordComponent") // They are not compared.
record DelegatedTicket(String client, String realm, byte[] key) {

    private static final int APPLICATION_1 = 0x61;
    private static final int APPLICATION_22 = 0x76;
    private static final int APPLICATION_29 = 0x7d;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int GENERAL_STRING = 0x1b;
    private static final int AES_256 = 18;
    private static final int VERSION = 5;
    private static final int KRB_CRED = 22;

    /** Returns the message, encrypted with the key that client and service share. */
    byte[] sealed(EncryptionKey shared) throws KrbException {
        EncryptedData part = EncryptionHandler.encrypt(secretPart(), shared, KeyUsage.KRB_CRED_ENCPART);
        byte[] encrypted =
                sequence(member(0, integer(part.getEType().getValue())), member(2, octets(part.getCipher())));
        return DerElement.of(
                APPLICATION_22,
                sequence(
                        member(0, integer(VERSION)),
                        member(1, integer(KRB_CRED)),
                        member(2, sequence(ticket())),
                        member(3, encrypted)));
    }

    /** Returns the ticket. Only the KDC reads its content, so the content is empty. */
    private byte[] ticket() {
        byte[] content = sequence(member(0, integer(AES_256)), member(2, octets(new byte[64])));
        return DerElement.of(
                APPLICATION_1,
                sequence(
                        member(0, integer(VERSION)),
                        member(1, text(realm)),
                        member(2, name(2, "krbtgt", realm)),
                        member(3, content)));
    }

    private byte[] secretPart() {
        byte[] forwardableAndForwarded = DerElement.of(BIT_STRING, new byte[] {0, 0x60, 0, 0, 0});
        byte[] info = sequence(
                member(0, sequence(member(0, integer(AES_256)), member(1, octets(key)))),
                member(1, text(realm)),
                member(2, name(1, client)),
                member(3, forwardableAndForwarded),
                member(4, time("20260101000000Z")),
                member(5, time("20260101000000Z")),
                member(6, time("20360101000000Z")),
                member(8, text(realm)),
                member(9, name(2, "krbtgt", realm)));
        return DerElement.of(APPLICATION_29, sequence(member(0, sequence(info))));
    }

    private static byte[] name(int type, String... parts) {
        byte[][] texts = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = text(parts[i]);
        }
        return sequence(member(0, integer(type)), member(1, sequence(texts)));
    }

    private static byte[] member(int number, byte[] content) {
        return DerElement.of(Der.context(number), content);
    }

    private static byte[] sequence(byte[]... members) {
        return DerElement.of(Der.SEQUENCE, members);
    }

    private static byte[] octets(byte[] content) {
        return DerElement.of(Der.OCTET_STRING, content);
    }

    private static byte[] integer(int small) {
        return DerElement.of(INTEGER, new byte[] {(byte) small});
    }

    private static byte[] text(String text) {
        return DerElement.of(GENERAL_STRING, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] time(String time) {
        return DerElement.of(GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "DelegatedTicket[hidden]";
    }
}
