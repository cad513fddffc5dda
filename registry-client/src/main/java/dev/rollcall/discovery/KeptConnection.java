package dev.rollcall.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connection, used by one thread at a time. Waits end at a deadline, or on an interruption, which closes it. */
final class KeptConnection implements AutoCloseable {
    private final String origin;
    private final SocketChannel channel;
    private final ResponseInput in;
    private final ResponseReader reader;
    private long deadlineNanos;
    private long idleSinceNanos;

    private KeptConnection(String origin, SocketChannel channel, int bodyMax) throws IOException {
        this.origin = origin;
        this.channel = channel;
        this.in = new ResponseInput(new Timed(channel.socket()));
        this.reader = new ResponseReader(in, bodyMax);
    }

    /** Opens a connection to an address within the limit. */
    static KeptConnection open(String origin, InetSocketAddress to, long limitNanos, int bodyMax) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(to, millis(limitNanos));
            return new KeptConnection(origin, channel, bodyMax);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Returns the response to a request of a few kilobytes, which an idle connection takes at once.
     *
     * @param deadline as {@link System#nanoTime}
     * @throws SocketTimeoutException if the response is incomplete by then
     */
    ClientResponse exchange(URI from, byte[] request, long deadline) throws IOException {
        deadlineNanos = deadline;
        in.startResponse();
        for (var bytes = ByteBuffer.wrap(request); bytes.hasRemaining(); ) {
            channel.write(bytes);
        }
        return reader.read(from);
    }

    /** Whether the server has neither closed it nor sent anything unrequested. */
    boolean isIdle() {
        try {
            channel.configureBlocking(false);
            var isQuiet = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return isQuiet;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the current response, or the last one, has begun. */
    boolean hasResponseStarted() {
        return in.hasReceived();
    }

    /** Whether it can carry another request. */
    boolean isReusable() {
        return reader.isReusable();
    }

    /** Returns {@code host:port}, the key of the pool. */
    String origin() {
        return origin;
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    long idleSince() {
        return idleSinceNanos;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is discarded anyway
        }
    }

    /** Converts to milliseconds, at least one, because 0 means no limit. */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private final class Timed extends InputStream {
        private final Socket socket;
        private final InputStream source;

        Timed(Socket socket) throws IOException {
            this.socket = socket;
            this.source = socket.getInputStream();
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("it is read in pieces");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(millis(left));
            return source.read(into, from, length);
        }
    }
}
