package dev.kerbearer.rest.edge.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Finds the ends of the frames of an HTTP/2 connection, from its first byte on (RFC 9113 section 4.1). A complete frame
 * is not unfinished, whether Netty passes it on or ignores it, as it ignores what comes for a stream that is closed. A
 * connection with only complete frames is idle. A header block is complete with its last frame (section 6.10), so no
 * frame renews the time of a trickling header block. This handler must see the bytes as the decoder does, so its place
 * is behind the TLS handler.
 */
final class WatchedFrames extends ChannelInboundHandlerAdapter {

    private static final int PREFACE = 24;
    private static final int HEAD = 9;
    private static final int TYPE = 3;
    private static final int FLAGS = 4;

    private static final int HEADERS = 0x1;
    private static final int CONTINUATION = 0x9;
    private static final int END_HEADERS = 0x4;

    private final WatchedConnection connection;

    /** How much of the current frame's head has been read. The preface has none. */
    private int readOfHead = HEAD;

    private int length;
    private int type;
    private int flags;
    private int missing = PREFACE;

    /** The bytes since the last complete frame or header block. */
    private int incomplete;

    WatchedFrames(WatchedConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            ByteBuf seen = bytes.retainedSlice();
            try {
                context.fireChannelRead(message);
                if (completes(seen)) {
                    connection.framesHaveArrived(incomplete);
                }
            } finally {
                seen.release();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Reads the bytes, and returns whether they complete a frame or a header block. */
    private boolean completes(ByteBuf bytes) {
        boolean completes = false;
        while (bytes.isReadable()) {
            if (readOfHead < HEAD) {
                readHead(bytes.readUnsignedByte());
                incomplete++;
            } else {
                int part = Math.min(missing, bytes.readableBytes());
                bytes.skipBytes(part);
                missing -= part;
                incomplete += part;
            }
            if (readOfHead == HEAD && missing == 0) {
                completes |= endFrame();
            }
        }
        return completes;
    }

    private void readHead(int next) {
        if (readOfHead < TYPE) {
            length = length << 8 | next;
        } else if (readOfHead == TYPE) {
            type = next;
        } else if (readOfHead == FLAGS) {
            flags = next;
        }
        readOfHead++;
        if (readOfHead == HEAD) {
            missing = length;
        }
    }

    private boolean endFrame() {
        readOfHead = 0;
        length = 0;
        boolean isInHeaderBlock = (type == HEADERS || type == CONTINUATION) && (flags & END_HEADERS) == 0;
        if (isInHeaderBlock) {
            return false;
        }
        incomplete = 0;
        return true;
    }
}
