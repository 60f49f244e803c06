package dev.kerbearer.application.grant;

/**
 * By what a resource server shows who it is (RFC 6749 section 2.3.1).
 *
 * @param id who it says it is
 * @param secret its secret
 */
public record ClientSecret(String id, String secret) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ClientSecret[" + id + ", secret hidden]";
    }
}
