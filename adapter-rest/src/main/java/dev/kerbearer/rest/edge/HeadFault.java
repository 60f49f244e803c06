package dev.kerbearer.rest.edge;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.rest.edge.connection.UnsupportedVersion;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.Optional;

/**
 * The fault of a malformed request, if the head alone shows the fault.
 *
 * @param status the status of the answer
 * @param refusal the answer
 */
record HeadFault(int status, Refusal refusal) {

    /** Returns the fault of a request; empty if its head is well-formed. */
    static Optional<HeadFault> of(HttpServerRequest request) {
        DecoderResult decoded = request.decoderResult();
        if (decoded != null && decoded.isFailure()) {
            return Optional.of(undecoded(decoded.cause()));
        }
        return hostFault(request).or(() -> targetFault(request));
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
     * A request with several Host fields, or with an invalid Host, is refused. So is an HTTP/1.1 request without a Host
     * (RFC 9112 section 3.2).
     */
    private static Optional<HeadFault> hostFault(HttpServerRequest request) {
        int fields = hostFields(request.headers());
        if (fields > 1) {
            return Optional.of(malformed("it has more than one Host field"));
        }
        boolean mayBeWithout = request.version() == HttpVersion.HTTP_1_0 && fields == 0;
        return mayBeWithout || ((HttpServerRequestInternal) request).isValidAuthority()
                ? Optional.empty()
                : Optional.of(malformed("its Host is missing or not valid"));
    }

    /** Counts the fields without making a list of them. */
    private static int hostFields(MultiMap headers) {
        if (!(headers instanceof HttpHeaders http1)) {
            return headers.getAll(HttpHeaderNames.HOST).size();
        }
        Iterator<? extends CharSequence> fields = http1.valueCharSequenceIterator(HttpHeaderNames.HOST);
        int count = 0;
        while (fields.hasNext()) {
            fields.next();
            count++;
        }
        return count;
    }

    /** Quarkus would answer without a body, so its own check is off ({@code vertx.disableURIValidation}). */
    private static Optional<HeadFault> targetFault(HttpServerRequest request) {
        try {
            new URI(request.uri());
            return Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.of(malformed("its path or query has characters that must be percent-encoded"));
        }
    }
}
