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

/**
 * One connection, used by one thread at a time; its waits end at a deadline, and when that thread is interrupted, which
 * closes it.
 */
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

    /** A new connection to an address, which is there within the limit. */
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
     * The answer to a request that is a few kilobytes long, so that an idle connection takes it at once.
     *
     * @param deadline until when, as {@link System#nanoTime}
     * @throws SocketTimeoutException if it isn't there by then
     */
    ClientResponse exchange(URI from, byte[] request, long deadline) throws IOException {
        deadlineNanos = deadline;
        in.begin();
        for (var bytes = ByteBuffer.wrap(request); bytes.hasRemaining(); ) {
            channel.write(bytes);
        }
        return reader.read(from);
    }

    /** Whether the other side has neither closed it nor said anything that nobody asked for. */
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            var isQuiet = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return isQuiet;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the answer that is awaited, or was read last, has begun. */
    boolean hasAnswered() {
        return in.isTouched();
    }

    /** Whether it can carry another request. */
    boolean isReusable() {
        return reader.isReusable();
    }

    /** {@code host:port}, by which it is found. */
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
            // it is given up anyway
        }
    }

    /** At least one, since 0 would be without limit. */
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
