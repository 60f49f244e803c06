package dev.kerbearer.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** Builds the requests, byte for byte. */
final class Wire {

    private static final byte[] SIGN_IN_START =
            ascii("POST /vedauth/authorize/integrated HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nAuthorization: ");
    private static final byte[] SIGN_IN_END;
    private static final String ACCESS_TOKEN = "\"access_token\":\"";
    private static final String REFRESH_TOKEN = "\"refresh_token\":\"";
    private static final String RESOURCE_SERVER = Base64.getEncoder()
            .encodeToString((Lab.RESOURCE_SERVER + ":" + Lab.SECRET).getBytes(StandardCharsets.US_ASCII));

    static {
        String body = "{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\",\"state\":\"\"}";
        SIGN_IN_END = ascii("\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private Wire() {}

    static byte[] signIn(byte[] token) {
        return signIn("Negotiate", token);
    }

    static byte[] signIn(String scheme, byte[] token) {
        byte[] credentials = ascii(scheme + " " + Base64.getEncoder().encodeToString(token));
        return ByteBuffer.allocate(SIGN_IN_START.length + credentials.length + SIGN_IN_END.length)
                .put(SIGN_IN_START)
                .put(credentials)
                .put(SIGN_IN_END)
                .array();
    }

    /** Returns the first request of every client, without credentials. */
    static byte[] challenged() {
        return ascii("POST /vedauth/authorize/integrated HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    }

    static byte[] verify(String accessToken) {
        return bearer("/vedauth/authorize/verify", accessToken);
    }

    static byte[] revoke(String accessToken) {
        return bearer("/vedauth/revoke/token", accessToken);
    }

    static byte[] refresh(String refreshToken) {
        String body = "{\"client_id\":\"sample-client\",\"refresh_token\":\"" + refreshToken + "\"}";
        return ascii("POST /vedauth/authorize/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static byte[] introspect(String token) {
        String body = "token=" + token;
        return ascii("POST /oauth2/introspect HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + RESOURCE_SERVER
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static byte[] bearer(String path, String accessToken) {
        return ascii(
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + accessToken + "\r\n\r\n");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the access token of an answer to a sign-in or a refresh. */
    static String accessToken(String answer) {
        return member(answer, ACCESS_TOKEN);
    }

    /** Returns the refresh token of such an answer. */
    static String refreshToken(String answer) {
        return member(answer, REFRESH_TOKEN);
    }

    private static String member(String answer, String name) {
        int start = answer.indexOf(name) + name.length();
        return answer.substring(start, answer.indexOf('"', start));
    }

    /** Returns these requests one after another. */
    static Load.Requests each(List<byte[]> requests) {
        Iterator<byte[]> next = requests.iterator();
        return () -> next.hasNext() ? next.next() : Load.NONE;
    }

    /** Repeats these requests in turn, up to that count. */
    static Load.Requests round(List<byte[]> requests, int count) {
        int[] given = {0};
        return () -> given[0] < count ? requests.get(given[0]++ % requests.size()) : Load.NONE;
    }

    /** Limits the requests to that count. */
    static Load.Requests many(int count, Load.Requests requests) {
        int[] given = {0};
        return () -> given[0]++ < count ? requests.next() : Load.NONE;
    }
}
