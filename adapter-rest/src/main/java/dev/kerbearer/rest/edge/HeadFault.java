package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.connection.UnsupportedVersion;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is wrong with a request whose head alone shows that it is malformed.
 *
 * @param status the status of the answer
 * @param refusal the answer
 */
record HeadFault(int status, Refusal refusal) {

    /** Returns what is wrong; empty if the head is well-formed. */
    static Optional<HeadFault> of(HttpServerRequest request) {
        DecoderResult decoded = request.decoderResult();
        if (decoded != null && decoded.isFailure()) {
            return Optional.of(undecoded(decoded.cause()));
        }
        return hostFault(request).or(() -> queryFault(request));
    }

    private static HeadFault undecoded(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return standard(HttpResponseStatus.REQUEST_URI_TOO_LONG);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return standard(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        return cause instanceof UnsupportedVersion
                ? standard(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED)
                : malformed("its head is not valid HTTP");
    }

    private static HeadFault standard(HttpResponseStatus status) {
        return new HeadFault(status.code(), Refusal.noSuchCall(status.reasonPhrase()));
    }

    private static HeadFault malformed(String hint) {
        return new HeadFault(HttpResponseStatus.BAD_REQUEST.code(), Refusal.malformedRequest(hint));
    }

    /**
     * A request with several Host fields or with an invalid one is refused, and an HTTP/1.1 request without one (RFC
     * 9112 section 3.2).
     */
    private static Optional<HeadFault> hostFault(HttpServerRequest request) {
        int fields = request.headers().getAll(HttpHeaders.HOST).size();
        if (fields > 1) {
            return Optional.of(malformed("it has more than one Host field"));
        }
        boolean mayBeWithout = request.version() == HttpVersion.HTTP_1_0 && fields == 0;
        return mayBeWithout || ((HttpServerRequestInternal) request).isValidAuthority()
                ? Optional.empty()
                : Optional.of(malformed("its Host is missing or not valid"));
    }

    /** Resources read the query only when they need it; a decoder that throws then would hide what is wrong. */
    private static Optional<HeadFault> queryFault(HttpServerRequest request) {
        String query = request.query();
        return query == null || isEscaped(query)
                ? Optional.empty()
                : Optional.of(malformed("a percent sign in its query is not followed by two hexadecimal digits"));
    }

    private static boolean isEscaped(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(at + 1))
                    || !HexFormat.isHexDigit(text.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }
}
