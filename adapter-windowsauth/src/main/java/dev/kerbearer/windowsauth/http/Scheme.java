package dev.kerbearer.windowsauth.http;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The schemes of HTTP authentication that a client can use. */
enum Scheme {
    /** Kerberos or NTLM, raw or in SPNEGO (RFC 4559). */
    NEGOTIATE("Negotiate"),
    /** NTLM alone. */
    NTLM("NTLM");

    private final String word;

    Scheme(String word) {
        this.word = word;
    }

    /** Returns the scheme of an {@code Authorization} header, if it is one of these. */
    static Optional<Scheme> of(String header) {
        return Arrays.stream(values()).filter(scheme -> scheme.isOf(header)).findFirst();
    }

    /** RFC 9110 section 11.1: schemes are compared without regard to case. */
    private boolean isOf(String header) {
        return header.regionMatches(true, 0, word, 0, word.length())
                && (header.length() == word.length() || header.charAt(word.length()) == ' ');
    }

    /** Returns the text after the scheme, in a header of this scheme. */
    String tokenIn(String header) {
        return header.substring(word.length()).strip();
    }

    /** Returns the value of {@code WWW-Authenticate} that carries a token. */
    String value(byte[] token) {
        return word + " " + Base64.getEncoder().encodeToString(token);
    }

    /** Returns the scheme as it is written in a header. */
    @Override
    public String toString() {
        return word;
    }
}
