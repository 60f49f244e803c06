package dev.kerbearer.windowsauth.channel;

import java.nio.ByteBuffer;
import java.util.List;

/** A TLS channel for sign-ins in tests. */
public final class SomeChannel {

    /** The binding of a client on this channel. */
    public static final byte[] BINDING = Certificates.bindingTo("leaf-one");

    /** The binding of a client on another channel. */
    public static final byte[] OTHER_BINDING = Certificates.bindingTo("leaf-two");

    private SomeChannel() {}

    /** Returns a GSS-API checksum with the binding and without flags. */
    public static byte[] checksum() {
        return ByteBuffer.allocate(24).put((byte) 16).position(4).put(BINDING).array();
    }

    public static TlsChannel required(boolean required) {
        return TlsChannel.of(required, List.of(ServerEndPoint.of(Certificates.named("leaf-one"))));
    }
}
