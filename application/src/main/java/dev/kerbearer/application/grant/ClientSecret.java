package dev.kerbearer.application.grant;

/**
 * The credentials of a resource server (RFC 6749 section 2.3.1).
 *
 * @param id the claimed id
 * @param secret the presented secret
 */
public record ClientSecret(String id, String secret) {

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "ClientSecret[" + id + ", secret hidden]";
    }
}
