package dev.kerbearer.windowsauth.pac;

/** A key of the service, with which the KDC signs what it tells the service. It is shown to nobody. */
public final class ServiceKey {

    private final int encryptionType;
    private final byte[] bytes;

    /**
     * @param encryptionType as RFC 3961 and those after it number it
     * @param bytes the key itself
     */
    public ServiceKey(int encryptionType, byte[] bytes) {
        this.encryptionType = encryptionType;
        this.bytes = bytes.clone();
    }

    boolean isOfType(int type) {
        return encryptionType == type;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
