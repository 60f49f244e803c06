package dev.kerbearer.windowsauth.ntlm.message;

import java.util.Arrays;

/**
 * A proof of version 2 ([MS-NLMP] section 2.2.2.8): HMAC over the server's challenge and the client's statement.
 *
 * @param proof 16 bytes
 * @param statement what the client states: its own challenge, the time, target information
 * @param target the target information in it
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are read, not compared.
public record NtlmV2Response(byte[] proof, byte[] statement, TargetInformation target) {

    private static final int VERSION_1 = 24;
    private static final int PROOF = 16;
    /** Versions, time, the client's challenge and the reserved bytes between them (section 2.2.2.7). */
    private static final int BEFORE_TARGET = 28;

    static NtlmV2Response read(byte[] response) throws MalformedMessage {
        if (response.length == VERSION_1) {
            throw new MalformedMessage("it is of NTLM version 1, which is not accepted");
        }
        if (response.length < PROOF + BEFORE_TARGET) {
            throw new MalformedMessage("its proof is missing or cut off");
        }
        byte[] statement = Arrays.copyOfRange(response, PROOF, response.length);
        if (statement[0] != 1 || statement[1] != 1) {
            throw new MalformedMessage("its proof is of an unknown version");
        }
        return new NtlmV2Response(
                Arrays.copyOf(response, PROOF), statement, TargetInformation.read(statement, BEFORE_TARGET));
    }

    public byte[] bytes() {
        byte[] bytes = Arrays.copyOf(proof, proof.length + statement.length);
        System.arraycopy(statement, 0, bytes, proof.length, statement.length);
        return bytes;
    }
}
