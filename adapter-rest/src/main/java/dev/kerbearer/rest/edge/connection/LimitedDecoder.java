package dev.kerbearer.rest.edge.connection;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * Decodes HTTP/1 requests with the limits of Vert.x, and limits the number of fields as well. Vert.x limits only the
 * characters of a head. In memory, a field of a few characters takes many times its size.
 */
final class LimitedDecoder extends HttpRequestDecoder {

    /** The largest number of fields in a head, and of fields in the trailers. Other servers allow 100. */
    static final int MOST_FIELDS = 200;

    /** The memory that a field uses besides its characters, in bytes (an estimate). */
    private static final int OF_A_FIELD = 160;

    /** The name is case-sensitive (RFC 9112 section 2.3). */
    private static final String PROTOCOL = "HTTP/";

    /** The memory of fields is counted in groups of fields, so that a usual request costs nothing. */
    private static final int GROUP = 16;

    /**
     * @param limits the other limits
     * @param memory gets the memory that further fields use, in bytes
     */
    LimitedDecoder(HttpServerOptions limits, IntConsumer memory) {
        super(config(limits, new LimitedFields(memory)));
    }

    private static HttpDecoderConfig config(HttpServerOptions limits, HttpHeadersFactory fields) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.getMaxInitialLineLength())
                .setMaxHeaderSize(limits.getMaxHeaderSize())
                .setMaxChunkSize(limits.getMaxChunkSize())
                .setInitialBufferSize(limits.getDecoderInitialBufferSize())
                .setHeadersFactory(fields)
                .setTrailersFactory(fields);
    }

    /**
     * Reads later minor versions as HTTP/1.1, because they are compatible with it (RFC 9110 section 2.5). Otherwise
     * Vert.x would answer these requests itself.
     */
    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        if (!initialLine[2].startsWith(PROTOCOL)) {
            throw new IllegalArgumentException("the request is not HTTP");
        }
        HttpVersion version = HttpVersion.valueOf(initialLine[2]);
        if (version.majorVersion() != 1) {
            throw new UnsupportedVersion(initialLine[2]);
        }
        if (version.minorVersion() > 1) {
            initialLine[2] = HttpVersion.HTTP_1_1.text();
        }
        return super.createMessage(initialLine);
    }

    /** Makes the headers of Vert.x, which check each field before they accept it. */
    private record LimitedFields(IntConsumer memory) implements HttpHeadersFactory {

        @Override
        public HttpHeaders newHeaders() {
            return new HeadersMultiMap(new Count(memory));
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return newHeaders();
        }
    }

    /** Counts the fields of one head. */
    private static final class Count implements BiConsumer<CharSequence, CharSequence> {

        private final IntConsumer memory;
        private int fields;

        Count(IntConsumer memory) {
            this.memory = memory;
        }

        @Override
        public void accept(CharSequence name, CharSequence value) {
            HttpUtils.validateHeader(name, value);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a field has no name");
            }
            fields++;
            if (fields > MOST_FIELDS) {
                throw new TooLongHttpHeaderException("more than " + MOST_FIELDS + " fields");
            }
            if (fields % GROUP == 0) {
                memory.accept(GROUP * OF_A_FIELD);
            }
        }
    }
}
