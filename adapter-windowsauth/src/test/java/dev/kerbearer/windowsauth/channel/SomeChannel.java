package dev.kerbearer.windowsauth.channel;

import java.nio.ByteBuffer;
import java.util.List;

/** A channel to try sign-ins on. */
public final class SomeChannel {

    /** What a client says who is on it. */
    public static final byte[] BINDING = Certificates.bindingTo("leaf-one");

    /** What one says who is on another. */
    public static final byte[] OTHER_BINDING = Certificates.bindingTo("leaf-two");

    private SomeChannel() {}

    /** As GSS-API's checksum says it, without flags. */
    public static byte[] checksum() {
        return ByteBuffer.allocate(24).put((byte) 16).position(4).put(BINDING).array();
    }

    public static TlsChannel required(boolean required) {
        return TlsChannel.of(required, List.of(ServerEndPoint.of(Certificates.named("leaf-one"))));
    }
}
