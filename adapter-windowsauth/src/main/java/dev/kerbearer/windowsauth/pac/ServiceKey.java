package dev.kerbearer.windowsauth.pac;

/** A key of the service, with which the KDC signs PACs for the service. It is never shown. */
public final class ServiceKey {

    private final int encryptionType;
    private final byte[] bytes;

    /**
     * @param encryptionType the type number from RFC 3961 and its successors
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
